"""The shop's side of form mode: its page with the form, and the buyer who presses the button."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import quote, urlsplit, urlunsplit

import httpx
from playwright.sync_api import Browser, Page

from ...server.in_process import Running
from ..exchange import FORM, exchange, new_client
from ..recording import Request
from ..target import Target
from ..window import DESKTOP, Viewer, Window, viewer

BUTTON = "form[name=rest-handler-form] [name=button]"
CHANGE = """(values) => {
  const form = document.forms["rest-handler-form"];
  for (const [name, value] of Object.entries(values)) {
    for (const field of form.querySelectorAll(`[name="${CSS.escape(name)}"]`)) field.value = value;
  }
}"""
FIELDS = """() => [...new FormData(document.forms["rest-handler-form"])].map(([name]) => name)"""
OF_THE_SHOP = ("BX_PAYSYSTEM_ID", "BX_RETURN_URL", "button")


@dataclass
class Shop:
    server: Running
    target: Target
    browser: Browser
    timeout: float
    client: httpx.Client = field(default_factory=new_client)

    def __post_init__(self) -> None:
        self.url, self.new_payment = self.target.payments(self.server)

    def send(
        self, payment_id: int, changes: Mapping[str, str] | None = None, width: int = DESKTOP
    ) -> Window:
        """What a buyer has before them once they have sent the form of a payment."""
        with viewer(self.browser, width, self.timeout) as opened:
            return self.press(opened, payment_id, changes)

    def press(
        self, opened: Viewer, payment_id: int, changes: Mapping[str, str] | None = None
    ) -> Window:
        """The same in a window that stays. `changes` are other values of the form's fields."""
        opened.page.goto(f"{self.server.addresses.seller}/payments/{payment_id}")
        opened.page.evaluate(CHANGE, dict(changes or {}))
        return opened.see(press_button)

    def request(self, method: str, values: str | bytes) -> Request:
        """Send encoded values without a browser, as a form of this method sends them."""
        if method == "POST":
            return exchange(self.client, method, self.url, values, {"Content-Type": FORM})
        address = urlsplit(self.url)._replace(query=quote(values, safe="%&=+"), fragment="")
        return exchange(self.client, method, urlunsplit(address))

    def fields(self, payment_id: int) -> list[str]:
        """The names of the handler's fields in the form."""
        with viewer(self.browser, timeout=self.timeout) as opened:
            opened.page.goto(f"{self.server.addresses.seller}/payments/{payment_id}")
            names: list[str] = opened.page.evaluate(FIELDS)
            return [name for name in dict.fromkeys(names) if name not in OF_THE_SHOP]


def press_button(page: Page) -> None:
    with page.expect_navigation():
        page.locator(BUTTON).click()
