"""Every state that the widget can show, one after the other, in any language, in few loads."""

import re
from collections.abc import Iterator

from playwright.sync_api import expect

from tests.e2e.shop import Shop
from tests.e2e.widget_page import CHALLENGED, DECLINED, SUCCESS, WidgetPage

OFFERS = {"card": 0, "redirect": 1, "qr": 2, "transfer": 3}
"""The place of each method among the radio buttons."""


def every_state(shop: Shop, theme: str = "light", language: str = "en") -> Iterator[str]:
    """Bring the widget into each state in turn, and yield what it shows then."""
    release = shop.hold("**/gateway/payments")
    shop.open(shop.demo.new_payment("123456.50", "EUR"), theme, until="loading")
    expect(shop.frame.locator("html")).to_have_attribute("lang", re.compile(language))
    yield "loading"
    release()
    shop.expect_state("ready")
    for method in OFFERS:
        choose(shop, method)
        yield f"ready, {method}"
    choose(shop, "card")
    shop.frame.locator("#card-number").fill(SUCCESS)
    submit(shop)
    expect(shop.frame.locator("#card-name")).to_have_attribute("aria-invalid", "true")
    yield "ready, with errors"

    for method in ("qr", "transfer"):
        choose(shop, method)
        submit(shop)
        shop.expect_state("action_required")
        yield f"action_required, {method}"
        press(shop, "#action-other")
        shop.expect_state("ready")

    choose(shop, "card")
    pay(shop, DECLINED)
    shop.expect_state("failed")
    yield "failed"
    pay(shop, CHALLENGED)
    expect(shop.frame.get_by_role("heading", name="Confirm this payment")).to_be_visible()
    shop.page.reload()
    shop.expect_state("action_required")
    yield "action_required, redirect"
    press(shop, "#action-other")
    shop.expect_state("ready")

    release = shop.hold("**/attempts")
    pay(shop, SUCCESS)
    shop.expect_state("submitting")
    yield "submitting"
    release()
    shop.expect_state("paid")
    yield "paid"

    shop.silence()
    shop.open(shop.demo.new_payment(), theme, until="waiting")
    expect(shop.frame.locator("html")).to_have_attribute("lang", re.compile(language))
    yield "waiting"
    shop.post({"BX_SYSTEM_PARAMS": {}})
    shop.expect_state("broken")
    yield "broken"
    shop.errors.clear()  # the console says to the integrator what was missing


def choose(shop: WidgetPage, method: str) -> None:
    """With the keyboard: a click would miss in a frame whose size is just changing."""
    radio = shop.frame.get_by_role("radio").nth(OFFERS[method])
    radio.press("Space")
    expect(radio).to_be_checked()


def pay(shop: WidgetPage, number: str) -> None:
    enter(shop, number)
    submit(shop)


def enter(shop: WidgetPage, number: str) -> None:
    fields = {"number": number, "expiry": "12 / 30", "cvc": "123", "name": "Ava Thompson"}
    for name, value in fields.items():
        shop.frame.locator(f"#card-{name}").fill(value)


def submit(shop: WidgetPage) -> None:
    press(shop, "#pay")


def press(shop: WidgetPage, button: str) -> None:
    """By the keyboard: a click may miss what a frame that is just resized moves away."""
    shop.frame.locator(button).press("Enter")
