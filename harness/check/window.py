"""A page of the payment service in the buyer's whole window: where PAYMENT_URL or a form leads."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from .reasons import reason_of

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Dialog, Page, Request, Response

DESKTOP, PHONE = 1024, 360
HEIGHT = 900
FOREIGN = "https://foreign.invalid/"
"""Nobody's address: a page that goes there goes anywhere."""
MARK = "[data-payframe]"
"""What HTML among the values of a request leaves where it is not escaped."""
SETTLING = 3_000
"""Milliseconds at most until a page has been quiet for half a second: what its scripts fetch is
there then."""
LINKS = """() => [
  ...[...document.querySelectorAll("a[href]")].map((link) => link.getAttribute("href")),
  ...[...document.forms].map((form) => form.getAttribute("action") ?? ""),
]"""
ADDRESSES = """() => [
  ...[...document.querySelectorAll("a[href]")].map((link) => link.href),
  ...[...document.forms].map((form) => form.action),
].filter((address) => typeof address === "string")"""
WIDE = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
TEXT = "() => document.body?.innerText ?? ''"
VIEWPORT = "() => document.querySelector('meta[name=viewport]') !== null"


@dataclass(frozen=True)
class Window:
    """What the buyer has before them. `url` is the address that the window has come to, `visited`
    all documents on the way, `text` what is said in all its frames, `links` the addresses that
    links and forms lead to, as they are written and as the browser reads them. `beyond` is by how
    many CSS px it is wider than the window; `fits_phones` is whether it has a viewport of its own.
    `dialogs` are the texts of those that scripts have opened; `marked` is whether an element of
    MARK is there. `failure` says why it could not be opened.
    """

    url: str
    width: int
    status: int | None
    visited: tuple[str, ...] = ()
    text: str = ""
    links: tuple[str, ...] = ()
    beyond: int = 0
    fits_phones: bool = True
    dialogs: tuple[str, ...] = ()
    marked: bool = False
    failure: str | None = None
    picture: bytes = field(default=b"", repr=False)

    @property
    def opened(self) -> bool:
        return self.failure is None and self.status is not None and self.status < 400


@dataclass
class Viewer:
    """One window of a buyer, in which pages are opened one after the other."""

    page: Page
    width: int
    status: int | None = None
    visited: list[str] = field(default_factory=list)
    dialogs: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        main = self.page.main_frame

        def answered(response: Response) -> None:
            request = response.request
            if request.is_navigation_request() and request.frame == main:
                self.status = response.status

        def asked(request: Request) -> None:
            if request.is_navigation_request() and request.frame == main:
                self.visited.append(request.url)

        self.page.on("response", answered)
        self.page.on("request", asked)
        self.page.on("dialog", self._dismiss)

    def _dismiss(self, dialog: Dialog) -> None:
        self.dialogs.append(dialog.message)
        dialog.dismiss()

    def see(self, go: Callable[[Page], object]) -> Window:
        """What is there after a step that leads to another page. Never raises."""
        # Loaded here: rules name a Window, and have no browser.
        from playwright.sync_api import Error, TimeoutError

        self.status = None
        self.visited.clear()
        self.dialogs.clear()
        failure = None
        try:
            go(self.page)
            self.page.wait_for_load_state("load")
            with suppress(TimeoutError):
                self.page.wait_for_load_state("networkidle", timeout=SETTLING)
            return Window(
                url=self.page.url,
                width=self.width,
                status=self.status,
                visited=tuple(self.visited),
                text=self._text(),
                links=(*self.page.evaluate(LINKS), *self.page.evaluate(ADDRESSES)),
                beyond=int(self.page.evaluate(WIDE)),
                fits_phones=bool(self.page.evaluate(VIEWPORT)),
                dialogs=tuple(self.dialogs),
                marked=self.page.locator(MARK).count() > 0,
                picture=self.page.screenshot(),
            )
        except Error as error:
            failure = reason_of(error.message)
        return Window(self.page.url, self.width, self.status, tuple(self.visited), failure=failure)

    def _text(self) -> str:
        """Of the page and of its frames: many show the payment in one."""
        from playwright.sync_api import Error

        said = []
        for frame in self.page.frames:
            with suppress(Error):  # a frame may go meanwhile
                said.append(str(frame.evaluate(TEXT)))
        return "\n".join(said)


@contextmanager
def viewer(browser: Browser, width: int = DESKTOP, timeout: float = 10.0) -> Iterator[Viewer]:
    """A fresh window, closed with the block. `timeout` is for a load, in seconds."""
    context = browser.new_context(viewport={"width": width, "height": HEIGHT}, locale="en-US")
    context.set_default_timeout(timeout * 1000)
    context.route(f"{FOREIGN}**", lambda route: route.fulfill(body=""))
    try:
        yield Viewer(context.new_page(), width)
    finally:
        context.close()


def look(browser: Browser, url: str, width: int = DESKTOP, timeout: float = 10.0) -> Window:
    """What the buyer sees at an address."""
    with viewer(browser, width, timeout) as opened:
        return opened.see(lambda page: page.goto(url))
