"""A payment page of the seller's in a browser: the frame, and what both say to each other."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Frame, FrameLocator, Locator, Page

from .messages import Message, Size

FOLDER = Path(__file__).parent
SCRIPT, HOLD, WITHOUT_STYLE = (
    (FOLDER / name).read_text() for name in ("seller_page.js", "hold.js", "without_style.js")
)
FRAME = "#rest-payment-frame"
HEIGHT = 900
"""Height of the window in CSS px; only its width matters to a frame."""
PAID = 30.0
"""Seconds in which a paid payment is shown as paid: the buyer is brought back first."""


class NoFrameError(Exception):
    """The seller's page shows no frame now; the message says how."""


class SellerPage:
    """A page object for payments in IFrame mode, on any page of sync Playwright.

    `seller` is the shop's base URL. `messages` holds all messages either way, oldest first, of
    every payment page opened since it was last cleared.
    """

    def __init__(self, page: Page, seller: str) -> None:
        self.page = page
        self.seller = seller
        self.messages: list[Message] = []
        self.watchers: list[Callable[[dict[str, Any]], None]] = []
        self._shown: Frame | None = None
        page.expose_binding("payframeNote", lambda _source, note: self._hear(note))
        page.add_init_script(SCRIPT)

    def _hear(self, note: dict[str, Any]) -> None:
        time = note["time"] / 1000
        match note["kind"]:
            case "to seller":
                message = Message("seller", note["data"], note["origin"], time, note["fromFrame"])
                self.messages.append(message)
            case "to frame":
                message = Message("frame", note["data"], note["origin"], time, note["fromSeller"])
                self.messages.append(message)
        for watcher in self.watchers:
            watcher(note)

    def url(self, payment_id: int, theme: str = "light") -> str:
        return f"{self.seller}/payments/{payment_id}?theme={theme}"

    def open(self, payment_id: int, theme: str = "light") -> None:
        """Open a payment page; it has parsed, its frame may still be loading."""
        self.page.goto(self.url(payment_id, theme), wait_until="domcontentloaded")

    def wait_for_load(self, timeout: float = 10.0) -> None:
        """Until the frame has loaded for the first time; `timeout` in seconds."""
        self.page.locator("#rest-payment-loader").wait_for(state="hidden", timeout=timeout * 1000)

    @property
    def iframe(self) -> Locator:
        return self.page.locator(FRAME)

    @property
    def frame(self) -> FrameLocator:
        return self.page.frame_locator(FRAME)

    @property
    def document(self) -> Frame:
        """What is in the frame now, for scripts."""
        if self._shown is None or self._shown.is_detached():
            frames = self.page.main_frame.child_frames
            found = frames[0] if len(frames) == 1 else None  # to ask the page takes long
            self._shown = found or self.iframe.element_handle().content_frame()
        if self._shown is None:
            raise NoFrameError("the frame shows no document")
        return self._shown

    @property
    def size(self) -> Size:
        """The box that the seller's page gives the frame."""
        box = self.iframe.bounding_box()
        if box is None:
            raise NoFrameError("the frame is not visible")
        return Size(box["width"], box["height"])

    @property
    def theme(self) -> str:
        """light, dark or brand."""
        return self.page.locator("html").get_attribute("class") or ""

    def sizes(self) -> list[Any]:
        """What the frame has posted to the seller's page, in order."""
        self.catch_up()
        return [each.data for each in self.messages if each.to == "seller"]

    def catch_up(self) -> None:
        """What has happened in the seller's page by now is in `messages` afterwards."""
        self.page.evaluate("0")

    def forget(self) -> None:
        """Begin `messages` anew."""
        self.catch_up()
        self.messages.clear()

    def last_message(self) -> dict[str, Any]:
        """What the seller's page posts to the frame, less the style."""
        text = self.page.locator("#rest-payment-data").text_content()
        message: dict[str, Any] = json.loads(text or "")
        return message

    def resize(self, width: int) -> None:
        """Give the window a width in CSS px."""
        self.page.set_viewport_size({"width": width, "height": HEIGHT})

    def reload_frame(self) -> None:
        """Load the frame's document anew and wait until it has; the seller then posts again."""
        with self.page.expect_event("framenavigated", lambda each: each == self.document):
            self.document.evaluate("() => { setTimeout(() => location.reload()) }")
        self.document.wait_for_load_state()

    def post(self, message: object) -> None:
        """Post to the frame from this page, as the platform does."""
        self.page.evaluate("message => frames.restPaymentFrame.postMessage(message, '*')", message)

    def tamper(self, change: str, argument: object = None) -> None:
        """Let every payment page opened from now on post a changed message.

        `change` is JavaScript that changes `message`, by `argument`.
        """
        self.page.add_init_script(
            # Once the document is parsed, and before any deferred script of it runs.
            f"""(argument => document.addEventListener("readystatechange", () => {{
              const data = document.getElementById("rest-payment-data");
              const message = JSON.parse(data?.textContent ?? "null");
              if (!message) return;
              {change};
              data.textContent = JSON.stringify(message);
            }}, {{ once: true }}))({json.dumps(argument)})"""
        )

    def silence(self) -> None:
        """Let payment pages opened from now on post nothing by themselves."""
        self.page.add_init_script(HOLD)

    def speak(self) -> None:
        """Let a silenced page post after all, and after every load from now on."""
        self.page.evaluate(
            """() => {
              window.payframeReleased = true;
              document.getElementById("rest-payment-frame").dispatchEvent(new Event("load"));
            }"""
        )

    def withhold_style(self) -> None:
        """Let pages opened from now on post the style as Firefox and Safari do: without a value."""
        self.page.add_init_script(WITHOUT_STYLE)

    @property
    def paid(self) -> Locator:
        """The shop's word that the order is paid."""
        return self.page.get_by_role("heading", name="is paid")

    def wait_for_paid(self) -> None:
        self.paid.wait_for(timeout=PAID * 1000)
