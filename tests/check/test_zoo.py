"""Every bad page is found by exactly its rule, every good page by none."""

from pathlib import Path

import pytest
from payframe.harness.check.registry import choose_rules
from payframe.harness.check.scenes import all_scenes
from payframe.harness.check.stage import Stage
from playwright.sync_api import Request

from tests.check.conftest import Check
from tests.check.zoo import BAD, GOOD, PAGES, VENDOR, name_of, rule_of
from tests.slow import slow

OF_THE_FRAME = choose_rules([], {"iframe"})
FIRST = {page.relative_to(PAGES).parts[0]: page for page in reversed(BAD)}.values()
"""One bad page of each family."""


@pytest.mark.slow
@pytest.mark.parametrize("file", BAD, ids=name_of)
def test_a_bad_page_is_found_by_its_rule_alone(file: Path, pages: str, check_page: Check) -> None:
    report = check_page(f"{pages}/{name_of(file)}")
    assert report.error is None
    assert {finding.rule for finding in report.findings} == {rule_of(file)}
    assert all(finding.message and finding.evidence for finding in report.findings)


@pytest.mark.parametrize("file", FIRST, ids=name_of)
def test_a_bad_page_is_found_in_the_scenes_of_its_rule(
    file: Path, pages: str, check_page: Check
) -> None:
    (rule,) = (known for known in OF_THE_FRAME if known.id == rule_of(file))
    report = check_page(f"{pages}/{name_of(file)}", frozenset({"first_load", *rule.scenes}))
    assert report.error is None
    assert {finding.rule for finding in report.findings} == {rule.id}


@pytest.mark.parametrize(
    "file",
    ["handshake/second-load/bad-deaf.html", *slow("security/unconfirmed-sum/bad-picture.html")],
)
def test_a_busy_machine_that_hears_late_of_a_request_takes_it_for_no_answer(
    file: str, pages: str, check_page: Check, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The page's own document was asked for before the shop's message came."""
    heard = Stage._requested

    def late(stage: Stage, request: Request) -> None:
        heard(stage, request)
        if request in stage._pending:
            stage._pending[request] += 1.0

    monkeypatch.setattr(Stage, "_requested", late)
    (rule,) = (known for known in OF_THE_FRAME if known.id == rule_of(PAGES / file))
    report = check_page(f"{pages}/{file}", frozenset({"first_load", *rule.scenes}))
    assert {finding.rule for finding in report.findings} == {rule.id}


@pytest.mark.slow
@pytest.mark.parametrize("file", GOOD, ids=name_of)
def test_a_good_page_is_not_found(file: Path, pages: str, check_page: Check) -> None:
    report = check_page(f"{pages}/{name_of(file)}")
    assert report.findings == ()
    assert report.visit
    assert all(recording.shown for recording in report.visit.recordings.values())


@pytest.mark.slow
def test_the_vendors_page_as_printed_gets_what_it_deserves(pages: str, check_page: Check) -> None:
    (page,) = VENDOR
    report = check_page(f"{pages}/{name_of(page)}")
    assert sorted(finding.rule for finding in report.findings) == [
        "handshake/foreign-message-crash",  # null has no BX_SYSTEM_PARAMS
        "handshake/foreign-origin",  # anyone's colours are taken over
        "sizing/pinned-width",
        "sizing/wrong-size",  # without the margins of body, and only once
        "style/opaque-background",  # its colour scheme is never the dark shop's
        "style/unreadable",  # there: the shop's light text on the canvas's white
    ]


@pytest.mark.parametrize("rule", OF_THE_FRAME, ids=lambda rule: rule.id)
def test_every_rule_has_a_bad_page(rule: object) -> None:
    assert rule in [known for known in OF_THE_FRAME if known.id in map(rule_of, BAD)]


def test_every_bad_page_is_of_a_rule() -> None:
    assert {rule_of(page) for page in BAD} <= {rule.id for rule in OF_THE_FRAME}


def test_every_scene_of_a_rule_exists() -> None:
    assert {scene for rule in OF_THE_FRAME for scene in rule.scenes} <= set(all_scenes())
