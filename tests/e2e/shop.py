"""The plugin's page object in the demo's shop, with the widget in its frame."""

from payframe.harness.seller.payment import return_url
from playwright.sync_api import Locator
from starlette.datastructures import URL

from payframe.testing import PaymentPage
from tests.e2e.demo import Demo
from tests.e2e.widget_page import WidgetPage


class Shop(WidgetPage, PaymentPage):
    @property
    def demo(self) -> Demo:
        assert isinstance(self.server, Demo)
        return self.server

    def open(
        self,
        payment_id: int | None = None,
        theme: str | None = None,
        *,
        until: str | None = "ready",
    ) -> None:
        """Open a payment page, and wait until the widget is in a state."""
        super().open(payment_id, theme)
        if until:
            self.expect_state(until)

    def return_url(self, payment_id: int, theme: str = "light") -> str:
        """RETURN_URL of the payment's page: where its buyer comes back to."""
        return return_url(URL(self.url(payment_id, theme)), self.demo.payment(payment_id))

    def visit(self, payment_id: int, query: str = "theme=light") -> None:
        """Open a payment page whose mode does not matter."""
        self.page.goto(f"{self.seller}/payments/{payment_id}?{query}")

    @property
    def ways(self) -> Locator:
        """The payment systems that the page lets the buyer choose from."""
        return self.page.get_by_role("form", name="Ways to pay").get_by_role("button")
