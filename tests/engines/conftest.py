"""The tests run in every engine that is there; pytest's summary names each that is not."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import cache, partial

import pytest
from playwright.sync_api import Playwright

from tests.e2e.demo import Demo
from tests.engines import firefox, own, webkit
from tests.engines.buyer import Buyer
from tests.engines.engine import Engine, MissingEngineError, Scheme, Start

Buyers = Callable[[Scheme], Buyer]
SYSTEMS: dict[own.Name, Start] = {"firefox": firefox.start, "webkit": webkit.start}


def starter(playwright: Playwright, name: own.Name) -> Start:
    """Playwright's own where it is installed, else the system's."""
    if own.is_installed(playwright, name):
        return partial(own.start, playwright, name)
    return SYSTEMS[name]


@pytest.fixture(scope="session", params=SYSTEMS)
def buyers(request: pytest.FixtureRequest, playwright: Playwright, demo: Demo) -> Iterator[Buyers]:
    """A buyer for each colour scheme; a browser starts for the first who asks for it."""
    start = starter(playwright, request.param)
    with ExitStack() as running:

        @cache
        def engine(scheme: Scheme) -> Engine:
            try:
                return running.enter_context(start(scheme))
            except MissingEngineError as error:
                pytest.skip(f"{request.param} was not tried: {error}.")

        yield lambda scheme: Buyer(engine(scheme), demo)


@pytest.fixture
def buyer(buyers: Buyers) -> Buyer:
    return buyers("light")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """One line for each engine that was not tried."""
    skipped = terminalreporter.stats.get("skipped", [])
    for reason in sorted({report.longrepr[2] for report in skipped}):
        terminalreporter.write_line(reason.removeprefix("Skipped: "))


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """Where no engine could be tried, nothing is proved."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if exitstatus == pytest.ExitCode.OK and reporter and not reporter.stats.get("passed"):
        session.exitstatus = pytest.ExitCode.NO_TESTS_COLLECTED
