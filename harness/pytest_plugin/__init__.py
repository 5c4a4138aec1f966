"""The pytest plugin: a payment page under test, in the seller's frame, in a real browser.

It is loaded by every pytest run where payframe is installed, so it imports what is behind a
fixture only when the fixture is used.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserType, Page

    from ..server.in_process import Running
    from .differences import SnapshotDifference
    from .page import PaymentPage
    from .portal import PortalApi

MARKER = (
    "payframe(url, fields, amount, currency, theme, viewport): the page that seller_page opens, "
    "and what the shop is like."
)
UPDATE = "--update-snapshots"

FAILED = pytest.StashKey[bool]()
DIFFERENCES: pytest.StashKey[list[SnapshotDifference]] = pytest.StashKey()
WRITTEN = pytest.StashKey[Path]()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.getgroup("payframe", "payframe").addoption(
        UPDATE,
        action="store_true",
        help="Write the snapshots that are missing or differ, instead of failing.",
    )


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", MARKER)
    config.stash[DIFFERENCES] = []
    if config.pluginmanager.hasplugin("playwright"):
        # Registered only now, so that it comes after pytest-playwright, whose fixture it extends.
        config.pluginmanager.register(Launching(), "payframe-launching")


class Launching:
    """pytest-playwright's launch, with the Chromium that payframe finds where it has none."""

    @pytest.fixture(scope="session")
    @staticmethod
    def launch_browser(
        launch_browser: Callable[..., Browser],
        browser_type: BrowserType,
        browser_name: str,
        browser_type_launch_args: dict[str, Any],
    ) -> Callable[..., Browser]:
        chosen = {"channel", "executable_path"} & set(browser_type_launch_args)
        if browser_name != "chromium" or chosen:
            return launch_browser
        from .launching import launching

        own = Path(browser_type.executable_path)
        return launching(launch_browser, own, browser_type_launch_args.get("args", []))


def pytest_runtest_setup(item: pytest.Item) -> None:
    if any(item.iter_markers("payframe")):
        from .marker import read_markers

        read_markers(item)  # mistakes in them are told before anything starts


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, Any]:
    report = yield
    if report.when == "call":
        item.stash[FAILED] = report.failed
    return report


@pytest.fixture(scope="session")
def payframe_config(pytestconfig: pytest.Config) -> Path | None:
    """The payframe.toml whose handler and widget are tested: that of the project, if there is one.

    Override it to name another, or None for a shop without a handler of its own.
    """
    file = pytestconfig.rootpath / "payframe.toml"
    return file if file.is_file() else None


@pytest.fixture(scope="session")
def payframe_url() -> str | None:
    """The ACTION_URI under test. Override it; None is the widget of payframe_config."""
    return None


@pytest.fixture(scope="session")
def payframe_fields() -> dict[str, str] | None:
    """The FIELDS that the page gets, with their values. None is as payframe_config has them."""
    return None


@pytest.fixture(scope="session")
def payframe_server(payframe_config: Path | None) -> Iterator[Running]:
    """The shop, its portal and the sandbox gateway, on a port of their own."""
    from payframe.widget.config import DEFAULT, load
    from payframe.widget.folders import DIST

    from ..server.in_process import running

    config = load(payframe_config or DEFAULT)
    with running(config, (payframe_config or Path()).parent / DIST) as server:
        yield server


@pytest.fixture(scope="session")
def payframe_widget(payframe_config: Path | None) -> None:
    """The widget of payframe_config is built; seller_page asks for it where it shows the widget."""
    if payframe_config is None:
        pytest.fail(
            "There is no page to test: override the fixture payframe_url, or name a page with "
            "@pytest.mark.payframe(url=...).",
            pytrace=False,
        )
    from payframe.widget.build import build
    from payframe.widget.folders import DIST

    build(payframe_config, payframe_config.parent / DIST)


@pytest.fixture(scope="session")
def payframe_portal(payframe_server: Running) -> PortalApi:
    """The portal's REST interface, through its webhook."""
    from .portal import PortalApi

    return PortalApi(payframe_server.addresses.webhook)


@pytest.fixture(scope="session")
def payframe_page() -> type[PaymentPage]:
    """The class of seller_page. Override it with a subclass of PaymentPage of your own."""
    from .page import PaymentPage

    return PaymentPage


@pytest.fixture
def seller_page(
    request: pytest.FixtureRequest,
    page: Page,
    payframe_server: Running,
    payframe_page: type[PaymentPage],
    payframe_config: Path | None,
    payframe_url: str | None,
    payframe_fields: dict[str, str] | None,
    browser_name: str,
    output_path: str,
) -> Iterator[PaymentPage]:
    """The shop's page for a payment, which shows the page under test in its frame."""
    from .marker import read_markers
    from .snapshots import Snapshots

    marked = read_markers(request.node)
    target = marked.target(payframe_url, payframe_fields, payframe_config)
    if target.url is None:
        request.getfixturevalue("payframe_widget")
    snapshots = Snapshots(
        test=request.node.nodeid,
        file=request.path,
        browser=browser_name,
        output=Path(output_path),
        update=request.config.getoption(UPDATE),
        differences=request.config.stash[DIFFERENCES],
    )
    shown = payframe_page(page, payframe_server, target, marked, snapshots)
    yield shown
    if request.node.stash.get(FAILED, False):
        print(f"What the page has said, and how it looked: {shown.keep_evidence()}")


def pytest_sessionfinish(session: pytest.Session) -> None:
    """A worker of pytest-xdist hands its differences over; otherwise they are written here."""
    config = session.config
    found = config.stash.get(DIFFERENCES, [])
    if hasattr(config, "workeroutput"):
        config.workeroutput["payframe_differences"] = [difference.packed() for difference in found]
    elif found:
        from .differences import write_report

        config.stash[WRITTEN] = write_report(found, Path(config.getoption("--output")).absolute())


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    packed = getattr(node, "workeroutput", {}).get("payframe_differences")
    if packed:
        from .differences import SnapshotDifference

        node.config.stash[DIFFERENCES].extend(SnapshotDifference(**fields) for fields in packed)


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    if WRITTEN in config.stash:
        count = len(config.stash[DIFFERENCES])
        differ = "1 snapshot differs" if count == 1 else f"{count} snapshots differ"
        terminalreporter.section("payframe")
        terminalreporter.write_line(f"{differ}: {config.stash[WRITTEN]}")
        terminalreporter.write_line(f"{UPDATE} accepts what is there now.")
