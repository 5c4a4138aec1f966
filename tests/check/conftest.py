"""One shop and one server of pages for all tests of a worker, visited with its one browser."""

from collections.abc import Callable, Iterator

import pytest
from payframe.harness.check.driver import check_in
from payframe.harness.check.judging import PageReport
from payframe.harness.check.registry import choose_rules
from payframe.harness.check.scenes import all_scenes
from payframe.harness.check.target import with_fields
from payframe.harness.server.in_process import Running, running
from payframe.widget.config import CONFIG, load
from playwright.sync_api import Browser

from tests.check.zoo import zoo

Check = Callable[..., PageReport]
EVERY = frozenset(all_scenes())


@pytest.fixture(scope="session")
def pages() -> Iterator[str]:
    """The base URL of the zoo's pages."""
    with zoo() as url:
        yield url


@pytest.fixture(scope="session")
def check_shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with running(load(CONFIG), tmp_path_factory.mktemp("dist")) as server:
        yield server


@pytest.fixture(scope="session")
def check_page(check_shop: Running, browser: Browser) -> Check:
    """Checks a page at a URL in scenes, by all rules that need no more."""

    def check(url: str, scenes: frozenset[str] = EVERY) -> PageReport:
        address, payment = with_fields(url, {}, "100.00", "USD").payments(check_shop)
        rules = tuple(
            rule for rule in choose_rules([], {"iframe"}) if scenes.issuperset(rule.scenes)
        )
        seller = check_shop.addresses.seller
        return check_in(browser, address, seller, payment, rules, sorted(scenes), timeout=10)

    return check
