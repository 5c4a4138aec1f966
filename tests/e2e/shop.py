"""A buyer in the shop: opens a payment, types into the frame, looks at both sides."""

import json
from typing import Any

from playwright.sync_api import ConsoleMessage, FrameLocator, Locator, Page, expect

from .demo import Demo

SUCCESS = "4242 4242 4242 4242"
DECLINED = "4000 0000 0000 0002"
CHALLENGED = "4000 0000 0000 3220"
PROCESSING = "4000 0000 0000 0077"

RECORD_MESSAGES = """
addEventListener("message", ({ data, origin }) => {
  (window.fromFrame ??= []).push({ data, origin });
});
"""


class Shop:
    """`errors` collects what a browser's console calls an error, on any page of the shop."""

    def __init__(self, page: Page, demo: Demo) -> None:
        self.page = page
        self.demo = demo
        self.errors: list[str] = []
        page.add_init_script(RECORD_MESSAGES)
        page.on("console", self._note)
        page.on("pageerror", lambda error: self.errors.append(str(error)))

    def _note(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.errors.append(message.text)

    def open(self, payment_id: int, theme: str = "light", *, until: str | None = "ready") -> None:
        """Open a payment page, and wait until the widget is in a state."""
        self.page.goto(self.url(payment_id, theme))
        if until:
            self.expect_state(until)

    def visit(self, payment_id: int, query: str = "theme=light") -> None:
        """Open a payment page whose mode does not matter."""
        self.page.goto(f"{self.demo.urls['seller']}/payments/{payment_id}?{query}")

    def url(self, payment_id: int, theme: str = "light") -> str:
        return f"{self.demo.urls['seller']}/payments/{payment_id}?theme={theme}"

    @property
    def ways(self) -> Locator:
        """The payment systems that the page lets the buyer choose from."""
        return self.page.get_by_role("form", name="Ways to pay").get_by_role("button")

    @property
    def iframe(self) -> Locator:
        return self.page.locator("#rest-payment-frame")

    @property
    def frame(self) -> FrameLocator:
        return self.page.frame_locator("#rest-payment-frame")

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

    def expect_state(self, state: str) -> None:
        expect(self.widget).to_have_attribute("data-state", state)

    def expect_paid(self) -> None:
        """The shop's page says that the order is paid, after the widget has come back to it."""
        expect(self.page.get_by_role("heading", name="is paid")).to_be_visible(timeout=10_000)

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
        self.pay_button.click()

    def sizes(self) -> list[dict[str, Any]]:
        """What the frame has posted to this page, in order."""
        return [each["data"] for each in self.page.evaluate("window.fromFrame ?? []")]

    def last_message(self) -> dict[str, Any]:
        """The message that this page posts to the frame, less the style."""
        text = self.page.locator("#rest-payment-data").text_content()
        message: dict[str, Any] = json.loads(text or "")
        return message

    def post(self, message: dict[str, Any]) -> None:
        """Post to the frame from this page, as the platform does."""
        self.page.evaluate("message => frames.restPaymentFrame.postMessage(message, '*')", message)

    def tamper(self, change: str, argument: object = None) -> None:
        """Let every payment page opened from now on post a changed message.

        `change` is JavaScript that changes `message`, by `argument`.
        """
        self.page.add_init_script(
            f"""(argument => addEventListener("DOMContentLoaded", () => {{
              const data = document.getElementById("rest-payment-data");
              const message = JSON.parse(data?.textContent ?? "null");
              if (!message) return;
              {change};
              data.textContent = JSON.stringify(message);
            }}))({json.dumps(argument)})"""
        )

    def silence(self) -> None:
        """Let payment pages opened from now on post nothing at all."""
        self.page.route("**/static/frame.js", lambda route: route.fulfill(body=""))
