"""A page with a provider's own fields is judged as any other."""

from pathlib import Path

import pytest
from payframe.harness.check.driver import check_in
from payframe.harness.check.registry import choose_rules
from payframe.harness.check.scenes import all_scenes
from payframe.harness.check.target import with_fields
from playwright.sync_api import Browser

from tests.e2e.hosted import hosted_fields


@pytest.mark.timeout(180)
@pytest.mark.slow
def test_nothing_that_a_providers_script_needs_is_found(tmp_path: Path, browser: Browser) -> None:
    rules = choose_rules([], {"iframe"})
    with hosted_fields(tmp_path) as server:
        address, payment = with_fields(None, {}, "100.00", "USD").payments(server)
        seller = server.addresses.seller
        scenes = sorted(all_scenes())
        report = check_in(browser, address, seller, payment, tuple(rules), scenes, timeout=10)
    assert report.error is None
    assert {finding.rule: finding.message for finding in report.findings} == {}
