"""What a buyer does with the widget in the frame of a seller's page."""

import io
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import zxingcpp
from payframe.harness.browser.seller_page import PAID, SellerPage
from PIL import Image
from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import FrameLocator, Locator, Route, expect

SUCCESS = "4242 4242 4242 4242"
DECLINED = "4000 0000 0000 0002"
CHALLENGED = "4000 0000 0000 3220"
PROCESSING = "4000 0000 0000 0077"

RETURN_ONCE_PAID = """() => {
  const page = document.getElementById("page");
  if (!page?.dataset.state) return;
  const look = () => {
    if (page.dataset.state === "paid") document.getElementById("return").click();
  };
  new MutationObserver(look).observe(page, { attributeFilter: ["data-state"] });
  look();
}"""


class WidgetPage(SellerPage):
    @property
    def widget(self) -> Locator:
        return self.frame.locator("#page")

    @property
    def pay_button(self) -> Locator:
        return self.frame.get_by_role("button", name="Pay ")

    @property
    def alert(self) -> Locator:
        return self.frame.get_by_role("alert")

    def evaluate(self, script: str, argument: object = None) -> Any:
        """Run a script inside the frame."""
        return self.widget.evaluate(script, argument)

    def navigate(self, script: str) -> None:
        """Run a script that leads the frame to another document, and wait until it is there."""
        with self.page.expect_event("framenavigated"):
            # Later, since a script whose document is gone has no answer.
            self.evaluate(f"() => {{ setTimeout(() => {{ {script} }}) }}")

    def expect_state(self, state: str) -> None:
        expect(self.widget).to_have_attribute("data-state", state)

    def expect_paid(self) -> None:
        """The shop's page says that the order is paid. The buyer returns to it at once."""
        for frame in self.page.main_frame.child_frames:
            with suppress(PlaywrightError):  # it is being left
                frame.evaluate(RETURN_ONCE_PAID)
        self.expect_return()

    def expect_return(self) -> None:
        """The same, where the widget returns by itself, some seconds later."""
        expect(self.paid).to_be_visible(timeout=PAID * 1000)

    def fill_card(self, number: str = SUCCESS) -> None:
        fields = {
            "Card number": number,
            "Expiry date": "12 / 30",
            "Security code": "123",
            "Name on card": "Ava Thompson",
        }
        for label, value in fields.items():
            self.frame.get_by_label(label).fill(value)

    def pay(self, number: str = SUCCESS) -> None:
        self.fill_card(number)
        self.pay_button.press("Enter")

    def press(self, button: str) -> None:
        """By the keyboard: a click misses what a frame that is just resized moves away."""
        self.frame.get_by_role("button", name=button).press("Enter")

    def scan(self) -> str:
        """What the payment code on the screen says."""
        shown = self.frame.get_by_role("img", name="Payment code")
        # In random modules any other kind of barcode is found now and then.
        [code] = zxingcpp.read_barcodes(
            Image.open(io.BytesIO(shown.screenshot(animations="disabled"))),
            zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode),
        )
        return code.text

    def hold(self, url: str) -> Callable[[], None]:
        """Let requests to a URL wait until the function that comes back is called."""
        held: list[Route] = []
        self.page.route(url, lambda route: held.append(route))

        def release() -> None:
            for route in held:
                route.continue_()
            self.page.unroute(url)

        return release


class PageOutside(WidgetPage):
    """The same in the gateway's own page, for who has left the shop. Each has one frame alone."""

    @property
    def frame(self) -> FrameLocator:
        return self.page.frame_locator("iframe")
