"""A buyer in the shop: opens a payment, types into the frame, looks at both sides."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import ConsoleMessage, Locator, Page, Route, expect

from harness.seller_page import PAID, SellerPage

from .demo import Demo

SUCCESS = "4242 4242 4242 4242"
DECLINED = "4000 0000 0000 0002"
CHALLENGED = "4000 0000 0000 3220"
PROCESSING = "4000 0000 0000 0077"


class Shop(SellerPage):
    """`errors` collects what a browser's console calls an error, on any page of the shop."""

    def __init__(self, page: Page, demo: Demo) -> None:
        super().__init__(page, demo.urls["seller"])
        self.demo = demo
        self.errors: list[str] = []
        page.on("console", self._note)
        page.on("pageerror", lambda error: self.errors.append(str(error)))

    def _note(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.errors.append(message.text)

    def open(self, payment_id: int, theme: str = "light", *, until: str | None = "ready") -> None:
        """Open a payment page, and wait until the widget is in a state."""
        super().open(payment_id, theme)
        if until:
            self.expect_state(until)

    def visit(self, payment_id: int, query: str = "theme=light") -> None:
        """Open a payment page whose mode does not matter."""
        self.page.goto(f"{self.demo.urls['seller']}/payments/{payment_id}?{query}")

    @property
    def ways(self) -> Locator:
        """The payment systems that the page lets the buyer choose from."""
        return self.page.get_by_role("form", name="Ways to pay").get_by_role("button")

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
        self.pay_button.click()

    def hold(self, url: str) -> Callable[[], None]:
        """Let requests to a URL wait until the function that comes back is called."""
        held: list[Route] = []
        self.page.route(url, lambda route: held.append(route))

        def release() -> None:
            for route in held:
                route.continue_()
            self.page.unroute(url)

        return release
