"""Where scenes play: a fresh browser context with one payment page, and all that is recorded.

Most scenes have a stage of their own; one that goes on with the page of another has the same.
"""

import json
import math
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Dialog, Frame, Page
from playwright.sync_api import Request as BrowserRequest

from ..browser.messages import Size
from ..browser.seller_page import FRAME, HEIGHT, NoFrameError, SellerPage
from .alone import alone, give_way
from .recording import Box, ConsoleLine, DrawnText, LongTask, Looks, Moment, Recording, Request

QUIET = 0.3
"""Seconds without a message, a request or a change of size after which nothing more is expected.

That nothing more comes cannot be waited for otherwise. A page that does something by a timer
later than that is not seen.
"""
LONGEST_WAIT = 3.0
"""Seconds after which a page that never becomes quiet is looked at all the same."""
STEP = 0.05
WIDTH = 800
FOLDER = Path(__file__).parent
DRAWN, MEASURE, LOOKS, SHOWN = (
    (FOLDER / name).read_text() for name in ("drawn.js", "measure.js", "looks.js", "shown.js")
)


class FrameScript:
    """The functions of a script file, which keep what they know while their document is shown.

    The file is an expression whose value is an object of functions.
    """

    def __init__(self, frame: Frame, file: Path) -> None:
        self._functions = frame.evaluate_handle(file.read_text())

    def call(self, name: str, argument: object = None) -> Any:
        call = f"(functions, argument) => functions.{name}(argument)"
        return self._functions.evaluate(call, argument)


class Stage:
    """What a scene is played with. `seller` is the page, `recording` fills by itself."""

    def __init__(self, page: Page, seller: str, payment_id: int, scene: str, timeout: float):
        self.page = page
        self.seller = SellerPage(page, seller)
        self.payment_id = payment_id
        self.timeout = timeout
        self.recording = Recording(scene)
        self._began = time.time()
        self._first_message = 0
        self._is_open = False
        self._active = self._began
        self._pending: dict[BrowserRequest, float] = {}
        self._loaded: list[BrowserRequest] = []
        self.seller.watchers.append(self._note)
        page.on("request", self._requested)
        page.on(
            "response",
            lambda response: self._answered(response.request, response.status, response.headers),
        )
        page.on("requestfailed", lambda request: self._answered(request, None, {}))
        page.on("requestfinished", self._finished)
        page.on("console", lambda line: self._print(line.type, line.text))
        page.on("pageerror", self._crashed)
        page.on("framenavigated", self._navigated)
        page.on("dialog", self._answer_dialog)
        page.on("popup", lambda popup: self.recording.popups.append(popup.url))
        page.on("download", lambda download: self.recording.downloads.append(download.url))

    def open(self, theme: str = "light", width: int = WIDTH) -> None:
        """Open the payment page in a window of a width, wait for the frame and for quiet."""
        self.seller.resize(width)
        self.seller.open(self.payment_id, theme)
        self.seller.wait_for_load(self.timeout)
        self.settle()
        self._is_open = True

    def go_on(self, theme: str = "light") -> None:
        """Go on with the page as the scene before has left it; where none has, open it."""
        if not self._is_open:
            self.open(theme)

    def next_scene(self, scene: str) -> None:
        """Record from now on what happens in another scene, which goes on with this page.

        Of what was before it has the document that is shown, and the box of the frame.
        """
        self.seller.catch_up()
        before, now = self.recording, time.time()
        self.recording = Recording(
            scene,
            times={"document": [0.0]},
            boxes=[replace(box, time=0.0) for box in before.boxes[-1:]],
            documents=before.documents[-1:],
        )
        self._began = self._active = now
        self._first_message = len(self.seller.messages)

    def settle(self) -> None:
        """Wait until nothing has happened for QUIET seconds, and longer if another scene is alone.

        Raises NoFrameError where the page has taken the window away from the shop.
        """
        self._wait_for_quiet()
        give_way(self, self._pause)

    def alone(self) -> AbstractContextManager[None]:
        """The scenes beside this one rest meanwhile, each from its next quiet moment on."""
        return alone(self, self._pause)

    def _pause(self) -> None:
        self.page.wait_for_timeout(1000 * STEP)

    def _wait_for_quiet(self) -> None:
        self._active = time.time()
        end = self._active + LONGEST_WAIT
        while (now := time.time()) < end:
            still = self._active + QUIET - now
            if still > 0 or self._pending:
                self.page.wait_for_timeout(1000 * min(max(still, STEP), end - now))
                if self.recording.left:
                    raise NoFrameError(f"the page has left the shop for {self.recording.left}")
                continue
            # On a busy machine nothing may happen for lack of time: the frame gets to draw first.
            self.seller.document.evaluate(DRAWN)
            self.seller.catch_up()
            if time.time() >= self._active + QUIET and not self._pending:
                return

    def finish(self) -> Recording:
        """What was recorded, with the messages, on the scene's own clock."""
        self.recording.messages = [
            replace(message, time=message.time - self._began)
            for message in self.seller.messages[self._first_message :]
        ]
        return self.recording

    def mark(self, name: str) -> None:
        """Note in the recording's `marks` that something begins now."""
        self.recording.marks[name] = time.time() - self._began

    def load(self, file: Path, frame: Frame | None = None) -> FrameScript:
        """Load a script file into the frame's document, or into another one."""
        return FrameScript(frame or self.seller.document, file)

    def keep(self, name: str, found: list[str]) -> None:
        """Keep texts that a script has found among the recording's `elements`."""
        self.recording.elements.setdefault(name, []).extend(map(without_trace, found))

    def measure_bytes(self) -> None:
        """Keep in the recording how many bytes the frame has loaded so far, as sent."""
        sizes = [request.sizes() for request in self._loaded]
        self.recording.bytes = sum(size["responseBodySize"] for size in sizes)

    def capture(self, name: str) -> Moment:
        """Measure the frame, take its picture and keep both under a name.

        Its height is fixed meanwhile: there is no picture of a frame that keeps changing.
        """
        held = self._shown("hold")
        if held is None:
            raise NoFrameError("the frame is not visible")
        document = self.seller.document
        measured: dict[str, Any] = json.loads(document.evaluate(MEASURE))
        looks = read_looks(json.loads(document.evaluate(LOOKS)))
        size = Size(*held["size"])
        # Of a frame that is higher than the window the browser paints no more than that in time.
        window = self.page.viewport_size
        is_higher = window is not None and size.height > window["height"]
        if window and is_higher:
            whole = window["height"] + math.ceil(size.height)
            self.page.set_viewport_size({"width": window["width"], "height": whole})
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
            picture=self.picture(),
            looks=looks,
            surroundings=tuple(held["surroundings"]),
        )
        if window and is_higher:
            self.page.set_viewport_size(window)
        self._shown("release")
        self.recording.moments[name] = moment
        return moment

    def picture(self) -> bytes:
        """The frame as it is drawn, PNG. It has to fit into the window."""
        clip = self._shown("place")
        return self.page.screenshot(clip=clip, animations="disabled", caret="hide")

    def _shown(self, name: str) -> Any:
        """What a function of shown.js returns: one step, where a locator takes a dozen."""
        return self.page.evaluate(
            f"selector => {SHOWN.rstrip().rstrip(';')}.{name}(selector)", FRAME
        )

    def _note(self, note: dict[str, Any]) -> None:
        at = note["time"] / 1000 - self._began
        match note["kind"]:
            case "box":
                self.recording.boxes.append(Box(at, Size(note["width"], note["height"])))
            case "task":
                self.recording.tasks.append(LongTask(at, note["duration"] / 1000))
                return  # it is over, and no sign that more will happen
            case "to seller" | "to frame":
                pass  # SellerPage keeps them
            case kind:
                self.recording.times.setdefault(kind, []).append(at)
                if kind == "document":
                    self.recording.documents.append(note["url"])
                if kind == "change":
                    return  # an animation may go on for ever
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
        # As the browser says, like the times of messages: of a busy machine one hears late.
        started = request.timing["startTime"] / 1000
        self.recording.requests.append(
            Request(
                url=request.url,
                method=request.method,
                type=request.resource_type,
                time=(started if started > 0 else began) - self._began,
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
            self.recording.times.setdefault("error", []).append(time.time() - self._began)

    def _answer_dialog(self, dialog: Dialog) -> None:
        if dialog.type == "beforeunload":
            dialog.accept()  # a scene ends or navigates
            return
        self.recording.dialogs.append(f"{dialog.type}: {dialog.message}")
        dialog.dismiss()

    def _navigated(self, frame: Frame) -> None:
        if frame == self.page.main_frame and not self._own(frame.url):
            self.recording.left = frame.url


def without_trace(html: str) -> str:
    """HTML without the attribute that taking a picture without a caret leaves behind."""
    return html.replace(' style=""', "")


def _sent(request: BrowserRequest) -> str:
    lines = [f"{name}: {value}" for name, value in request.headers.items() if name != "referer"]
    body = (request.post_data_buffer or b"").decode(errors="replace")
    return "\n".join([*lines, "", body])


def read_looks(measured: dict[str, Any]) -> Looks:
    """What looks.js says."""
    texts = [
        DrawnText(**{**text, "color": tuple(text["color"]), "box": tuple(text["box"])})
        for text in measured["texts"]
    ]
    blank = [(x, y) for x, y in measured["blank"]]
    return Looks(tuple(texts), tuple(blank), measured["background"])


@contextmanager
def on_stage(
    browser: Browser, seller: str, payment_id: int, scene: str, timeout: float
) -> Iterator[Stage]:
    """A stage for one scene. `timeout` is how long a load may take, in seconds."""
    context = browser.new_context(viewport={"width": WIDTH, "height": HEIGHT}, locale="en-US")
    context.set_default_timeout(timeout * 1000)
    try:
        yield Stage(context.new_page(), seller, payment_id, scene, timeout)
    finally:
        context.close()
