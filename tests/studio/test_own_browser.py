"""What only the studio's own browser sees and does: told to every studio that is open."""

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from payframe.harness.studio.browser import KEEP, RESTORE
from playwright.sync_api import Page, expect

from tests.check.zoo import zoo
from tests.e2e.demo import Demo
from tests.slow import slow
from tests.studio.studio_page import StudioPage


@dataclass
class Watched:
    """`payframe studio URL --watch FOLDER`, whose browser shows the page that reports."""

    demo: Demo
    url: str
    file: Path
    has_reported: bool = False

    def edit(self) -> None:
        """As the one who writes the page does: the studio loads it anew."""
        self.file.write_text(self.file.read_text() + "<!-- edited -->\n")


@pytest.fixture(scope="module")
def watched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Watched]:
    folder = tmp_path_factory.mktemp("studio")
    pages = Path(shutil.copytree(Path(__file__).parent / "pages", folder / "pages"))
    with zoo(pages) as base:
        url = f"{base}/reports.html"
        # What it builds is a draft: not in the place of the page that other tests are shown.
        out = ("--out", str(folder / "dist"))
        options = (url, "--watch", str(pages), "--headless", "--no-check", *out)
        running = Demo.start(folder / "harness.db", *options, command="studio")
        yield Watched(running, url, pages / "reports.html")
        assert running.stop() == 0
        assert "Traceback" not in running.log


@pytest.fixture
def second(page: Page, watched: Watched) -> Iterator[StudioPage]:
    """Another studio beside it, which is told what the first one's browser sees."""
    page.set_viewport_size({"width": 1280, "height": 900})
    opened = StudioPage(page, watched.demo.addresses.seller)
    opened.open(url=watched.url)
    expect(page.locator("body.watched")).to_be_attached()
    opened.page.get_by_label("Who says it").select_option("browser")
    if not watched.has_reported:
        # While the first studio starts it says what is imitated, which is nothing.
        watched.edit()
        expect(opened.row("something is odd").first).to_be_visible()
        watched.has_reported = True
        page.get_by_role("button", name="Clear", exact=True).click()
    yield opened
    page.evaluate("() => fetch('/studio/browser/imitate', { method: 'POST', body: '{}' })")


def test_the_console_and_exceptions_are_rows(second: StudioPage, watched: Watched) -> None:
    watched.edit()
    expect(second.row("something is odd").first).to_have_class(re.compile("warning"))
    expect(second.row("nobody caught this").first).to_have_class(re.compile("error"))


def test_requests_of_the_frame_are_rows_with_their_answers(
    second: StudioPage, watched: Watched
) -> None:
    watched.edit()
    second.row("echo.html?").first.click()
    detail = second.page.get_by_role("article", name="The row")
    expect(detail.get_by_role("heading", name="Answer 200")).to_be_visible()


@pytest.mark.parametrize(
    ("control", "value", "reported"),
    [
        ("language", "ru", "language=ru"),
        ("scheme", "dark", "dark=true"),
        *slow(
            ("storage", "blocked", "storage=SecurityError"),
            ("network", "offline", "The browser has not got it"),
            ("network", "", "storage=stored&dark=false"),
        ),
    ],
)
def test_what_it_imitates_is_what_the_page_finds(
    second: StudioPage, watched: Watched, control: str, value: str, reported: str
) -> None:
    second.open_group("Browser")
    with second.page.expect_response("**/studio/browser/imitate"):
        if control == "storage":
            second.control(control).check()
        elif value:
            second.control(control).select_option(value)
        else:
            second.control(control).select_option("slow")
    if not value:
        with second.page.expect_response("**/studio/browser/imitate"):
            second.control(control).select_option("")
    watched.edit()
    expect(second.row(reported).first).to_be_visible()


def test_the_studio_itself_keeps_to_the_persons_system(studio: StudioPage) -> None:
    html = studio.page.locator("html")
    studio.page.emulate_media(color_scheme="dark")
    studio.open(handler="sandboxform")
    expect(html).to_have_css("color-scheme", "dark")
    studio.page.add_init_script('globalThis.ownBrowser = { scheme: "light" };')
    studio.open(handler="sandboxform")
    expect(html).to_have_css("color-scheme", "light")


def test_a_test_card_is_filled_in_and_kept_over_an_edit(
    second: StudioPage, watched: Watched
) -> None:
    watched.edit()
    expect(second.row("something is odd").first).to_be_visible()
    second.open_group("Payment service")
    second.page.get_by_role("button", name="4000 0000 0000 0002").click()
    expect(second.page.locator("#told")).to_have_text("The card is filled in.")
    expect(second.row("typed=3").first).to_be_visible()
    second.page.get_by_role("button", name="Clear", exact=True).click()
    watched.edit()
    expect(second.row("typed=3").first).to_be_visible()


def test_nothing_is_typed_again_into_the_document_that_is_about_to_go(page: Page) -> None:
    page.goto("data:text/html,<input>")
    page.locator("input").fill("4242")
    typed = page.evaluate(KEEP)
    assert not page.evaluate(RESTORE, typed)
    page.reload()
    assert page.evaluate(RESTORE, typed)
    expect(page.locator("input")).to_have_value("4242")
