"""Where a scene plays: a fresh browser context with one payment page, and all that is recorded."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Frame, Page
from playwright.sync_api import Request as BrowserRequest

from ..browser.seller_page import FRAME, HEIGHT, NoFrameError, SellerPage, Size
from .recording import Box, ConsoleLine, Looks, Moment, Recording, Request, Task, Text

QUIET = 0.3
"""Seconds without a message, a request or a change of size after which nothing more is expected.

That nothing more comes cannot be waited for otherwise. A page that does something by a timer
later than that is seen by nobody.
"""
RESTLESS = 3.0
"""Seconds after which a page that never becomes quiet is looked at all the same."""
STEP = 0.05
DRAWN = """() => new Promise((done) => {
  requestAnimationFrame(() => requestAnimationFrame(done));
  setTimeout(done, 200); // a frame out of sight is not drawn
})"""
WIDTH = 800
MEASURE = (Path(__file__).parent / "measure.js").read_text()
LOOKS = (Path(__file__).parent / "looks.js").read_text()
SURROUNDINGS = """(element) => {
  const canvas = document.createElement("canvas").getContext("2d");
  const colors = ["#fff"];
  for (let each = element.parentElement; each; each = each.parentElement) {
    colors.splice(1, 0, getComputedStyle(each).backgroundColor);
  }
  for (const color of colors) {
    canvas.fillStyle = color;
    canvas.fillRect(0, 0, 1, 1);
  }
  return [...canvas.getImageData(0, 0, 1, 1).data];
}"""


class Stage:
    """What a scene is played with. `seller` is the page, `recording` fills by itself."""

    def __init__(self, page: Page, seller: str, payment_id: int, scene: str, patience: float):
        self.page = page
        self.seller = SellerPage(page, seller)
        self.payment_id = payment_id
        self.patience = patience
        self.recording = Recording(scene)
        self._began = time.time()
        self._active = self._began
        self._pending: dict[BrowserRequest, float] = {}
        self._loaded: list[BrowserRequest] = []
        self.seller.watchers.append(self._hear)
        page.on("request", self._requested)
        page.on("response", lambda each: self._answered(each.request, each.status, each.headers))
        page.on("requestfailed", lambda each: self._answered(each, None, {}))
        page.on("requestfinished", self._finished)
        page.on("console", lambda each: self._print(each.type, each.text))
        page.on("pageerror", self._crashed)
        page.on("framenavigated", self._navigated)
        page.on("popup", lambda each: self.recording.popups.append(each.url))
        page.on("download", lambda each: self.recording.downloads.append(each.url))

    def open(self, theme: str = "light", width: int = WIDTH) -> None:
        """Open the payment page in a window of a width, wait for the frame and for quiet."""
        self.seller.resize(width)
        self.seller.open(self.payment_id, theme)
        self.seller.wait_for_load(self.patience)
        self.settle()

    def settle(self) -> None:
        """Wait until nothing has happened for QUIET seconds.

        Raises NoFrameError where the page has taken the window away from the shop.
        """
        self._active = time.time()
        end = self._active + RESTLESS
        while (now := time.time()) < end:
            still = self._active + QUIET - now
            if still > 0 or self._pending:
                self.page.wait_for_timeout(1000 * min(max(still, STEP), end - now))
                if self.recording.left:
                    raise NoFrameError(f"the page has left the shop for {self.recording.left}")
                continue
            # On a busy machine silence may be want of time: the frame gets to draw first.
            self.seller.document.evaluate(DRAWN)
            self.seller.catch_up()
            if time.time() >= self._active + QUIET and not self._pending:
                return

    def finish(self) -> Recording:
        """What was recorded, with the messages, on the scene's own clock."""
        self.recording.messages = [
            replace(each, time=each.time - self._began) for each in self.seller.messages
        ]
        return self.recording

    def mark(self, name: str) -> None:
        """Note in the recording's `times` that something begins."""
        self.recording.times.setdefault(name, []).append(time.time() - self._began)

    def find(self, name: str, script: str, *arguments: object) -> None:
        """Keep what a script finds in the frame among the recording's `elements`.

        `script` is a JavaScript function that returns a list of texts.
        """
        found: list[str] = self.seller.document.evaluate(script, *arguments)
        # Taking a picture without a caret leaves an attribute behind.
        found = [each.replace(' style=""', "") for each in found]
        self.recording.elements.setdefault(name, []).extend(found)

    def weigh(self) -> None:
        """Keep in the recording how many bytes the frame has loaded so far, as sent."""
        self.recording.bytes = sum(each.sizes()["responseBodySize"] for each in self._loaded)

    def capture(self, name: str) -> Moment:
        """Measure the frame, take its picture and keep both under a name.

        Its height stands still meanwhile: of a frame that never comes to rest there is no picture.
        """
        size = self.seller.size
        hold = self.page.add_style_tag(content=f"{FRAME} {{ height: {size.height}px !important }}")
        document = self.seller.document
        measured: dict[str, Any] = document.evaluate(MEASURE)
        looks = read_looks(document.evaluate(LOOKS))
        moment = Moment(
            name=name,
            time=time.time() - self._began,
            frame=size,
            viewport=Size(*measured["viewport"]),
            scroll=Size(*measured["scroll"]),
            content=measured["content"],
            below=measured["below"],
            text=measured["text"],
            wide=measured["wide"],
            picture=self.seller.iframe.screenshot(animations="disabled", caret="hide"),
            looks=looks,
            surroundings=tuple(self.seller.iframe.evaluate(SURROUNDINGS)),
        )
        hold.evaluate("style => style.remove()")
        self.recording.moments.append(moment)
        return moment

    def _hear(self, note: dict[str, Any]) -> None:
        at = note["time"] / 1000 - self._began
        match note["kind"]:
            case "box":
                self.recording.boxes.append(Box(at, Size(note["width"], note["height"])))
            case "task":
                self.recording.tasks.append(Task(at, note["duration"] / 1000))
                return  # it is over, and says nothing of what is to come
            case "to seller" | "to frame":
                pass  # SellerPage keeps them
            case kind:
                self.recording.times.setdefault(kind, []).append(at)
                if kind == "document":
                    self.recording.documents.append(note["url"])
                if kind == "change":
                    return  # an animation is no unrest
        self._active = time.time()

    def _own(self, url: str) -> bool:
        """Whether a URL is the shop's, and so none of the frame's doing."""
        return url.startswith(f"{self.seller.seller}/")

    def _requested(self, request: BrowserRequest) -> None:
        if not self._own(request.url) and not request.url.startswith("data:"):
            self._pending[request] = self._active = time.time()

    def _answered(
        self, request: BrowserRequest, status: int | None, headers: dict[str, str]
    ) -> None:
        began = self._pending.get(request)
        if began is None:
            return
        self._active = time.time()
        if status is None:
            del self._pending[request]
        self.recording.requests.append(
            Request(
                url=request.url,
                method=request.method,
                type=request.resource_type,
                time=began - self._began,
                status=status,
                headers=headers,
                failure=request.failure if status is None else None,
                sent=_sent(request),
            )
        )

    def _finished(self, request: BrowserRequest) -> None:
        if self._pending.pop(request, None) is not None:
            self._loaded.append(request)

    def _print(self, type: str, text: str) -> None:
        self.recording.console.append(ConsoleLine(type, text, time.time() - self._began))

    def _crashed(self, error: Any) -> None:
        if self.seller.seller not in (error.stack or ""):
            self.recording.errors.append(error.message)
            self.mark("error")

    def _navigated(self, frame: Frame) -> None:
        if frame == self.page.main_frame and not self._own(frame.url):
            self.recording.left = frame.url


def _sent(request: BrowserRequest) -> str:
    lines = [f"{name}: {value}" for name, value in request.headers.items() if name != "referer"]
    body = (request.post_data_buffer or b"").decode(errors="replace")
    return "\n".join([*lines, "", body])


def read_looks(measured: dict[str, Any]) -> Looks:
    """What looks.js returns."""
    texts = [
        Text(**{**each, "color": tuple(each["color"]), "box": tuple(each["box"])})
        for each in measured["texts"]
    ]
    blank = [(x, y) for x, y in measured["blank"]]
    return Looks(tuple(texts), tuple(blank), measured["background"])


@contextmanager
def on_stage(
    browser: Browser, seller: str, payment_id: int, scene: str, patience: float
) -> Iterator[Stage]:
    """A stage for one scene. `patience` is how long a load may take, in seconds."""
    context = browser.new_context(viewport={"width": WIDTH, "height": HEIGHT}, locale="en-US")
    context.set_default_timeout(patience * 1000)
    try:
        yield Stage(context.new_page(), seller, payment_id, scene, patience)
    finally:
        context.close()
