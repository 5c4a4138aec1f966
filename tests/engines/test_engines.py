"""The widget where the shop's style never arrives: the same tests in Firefox and in WebKit."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.measures import SIZES, TEXTS, expect_contrast, luminance
from tests.e2e.widget_page import CHALLENGED, DECLINED, SUCCESS
from tests.engines.buyer import CARD, Buyer, expect, until
from tests.engines.conftest import Buyers
from tests.engines.engine import Scheme

# The frame keeps the next message that it gets, and the shop's page posts one as after a load.
LISTEN = """() => {
  globalThis.message = new Promise((done) =>
    addEventListener("message", ({ data }) => done(data), { once: true }));
}"""
LOAD = """() => {
  document.getElementById("rest-payment-frame").dispatchEvent(new Event("load"));
}"""
LAST_WAY = "() => [...document.querySelectorAll('.systems button')].at(-1).focus()"
FRAME_HEIGHT = """() =>
  Math.round(document.getElementById("rest-payment-frame").getBoundingClientRect().height)"""
LOOK = """(page) => [
  ...[document.body, page].map((each) => getComputedStyle(each).backgroundColor),
  matchMedia("(prefers-color-scheme: dark)").matches,
]"""


def expect_fit(buyer: Buyer) -> int:
    """The frame becomes exactly as high as its content, in px, which has nothing to scroll."""

    def measured() -> dict[str, Any]:
        sizes = buyer.measure(SIZES)
        return {**sizes, "frame": buyer.run(FRAME_HEIGHT, inside=False)}

    def fits() -> bool:
        seen = measured()
        return seen["content"] == seen["inner"] == seen["frame"] and not seen["scrolls"]

    expect(lambda: fits() or measured(), True)
    height: int = measured()["frame"]
    return height


def test_the_shops_message_arrives_without_its_style(buyer: Buyer) -> None:
    payment = buyer.demo.new_payment()
    buyer.open(payment, "dark")
    buyer.run(LISTEN)
    buyer.run(LOAD, inside=False)
    message = buyer.run("() => message")
    assert message["BX_SYSTEM_PARAMS"]["PAYMENT_ID"] == str(payment)
    style = message["BX_COMPUTED_STYLE"]
    assert len(style) > 100
    assert [key for key in style if not key.isdigit()] == []
    assert "color" in style.values(), "the names of properties come, their values do not"
    buyer.expect_state("ready")


def test_a_frame_that_loads_again_gets_the_message_again(buyer: Buyer) -> None:
    payment = buyer.demo.new_payment()
    buyer.open(payment)
    buyer.run("() => { globalThis.before = true; setTimeout(() => location.reload()) }")
    expect(lambda: (buyer.run("() => globalThis.before ?? null"), buyer.state()), (None, "ready"))
    expect_fit(buyer)
    buyer.pay()
    buyer.expect_paid()
    assert buyer.demo.times_paid(payment) == 1


def test_the_frame_is_as_high_as_its_content(buyer: Buyer) -> None:
    buyer.open(buyer.demo.new_payment())
    before = expect_fit(buyer)
    buyer.fill_card()
    buyer.replace("Card number", "4242424242424241")
    # On leaving the field in WebKit; Firefox, driven so, has no focused window and no blur.
    buyer.click("Pay $100.00")
    buyer.expect_text("Check the card number.")
    assert expect_fit(buyer) > before
    buyer.replace("Card number", "4242424242424242")
    expect(lambda: expect_fit(buyer), before)
    buyer.click("Bank account")
    expect(lambda: expect_fit(buyer) < before, True)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_widget_brings_a_look_of_its_own(buyers: Buyers, scheme: Scheme, theme: str) -> None:
    """Opaque and readable, in the scheme that the browser names inside the frame.

    That is what the buyer prefers in WebKit, and what the shop's own page has in Firefox.
    """
    buyer = buyers(scheme)
    buyer.open(buyer.demo.new_payment(), theme)
    body, page, prefers_dark = buyer.measure(LOOK)
    assert body == page, "nothing of the shop shines through"
    assert luminance(page) < 0.05 if prefers_dark else luminance(page) > 0.9
    if scheme == theme:
        assert prefers_dark == (scheme == "dark")
    expect_contrast(buyer.measure(TEXTS))
    buyer.pay(DECLINED)
    buyer.expect_state("failed")
    expect_contrast(buyer.measure(TEXTS))
    expect_fit(buyer)


def test_a_card_pays(buyer: Buyer) -> None:
    payment = buyer.demo.new_payment()
    buyer.open(payment)
    buyer.pay()
    buyer.expect_paid()
    assert buyer.demo.times_paid(payment) == 1


def test_a_declined_card_says_so_and_another_pays(buyer: Buyer) -> None:
    payment = buyer.demo.new_payment()
    buyer.open(payment)
    before = expect_fit(buyer)
    buyer.pay(DECLINED)
    buyer.expect_text("Your bank declined this card.")
    buyer.expect_state("failed")
    assert expect_fit(buyer) > before
    assert not buyer.demo.is_paid(payment)
    buyer.pay()
    buyer.expect_paid()
    assert buyer.demo.times_paid(payment) == 1


def test_a_challenge_is_confirmed_in_the_frame(buyer: Buyer) -> None:
    payment = buyer.demo.new_payment()
    buyer.open(payment)
    buyer.pay(CHALLENGED)
    buyer.expect_text("Confirm this payment")
    content = buyer.run("() => Math.ceil(document.querySelector('main').offsetHeight)")
    expect(lambda: buyer.run(FRAME_HEIGHT, inside=False), content)
    buyer.click("Confirm payment")
    buyer.expect_paid()
    assert buyer.demo.times_paid(payment) == 1


def test_tab_walks_from_the_shop_through_the_card(buyer: Buyer) -> None:
    buyer.open(buyer.demo.new_payment())
    buyer.run(LAST_WAY, inside=False)
    buyer.type("\t", inside=False)
    until(lambda: buyer.focused == "Card")
    order = []
    for text in ("", SUCCESS.replace(" ", ""), "1230", "123", "Ava Thompson"):
        order.append(buyer.focused)
        buyer.type(f"{text}\t")
    order.append(buyer.focused)
    assert order == ["Card", *CARD, "Pay $100.00"]


def test_enter_in_a_field_pays(buyer: Buyer) -> None:
    """A button would not take the key in Firefox as driven here, whose window has no focus."""
    payment = buyer.demo.new_payment()
    buyer.open(payment)
    buyer.fill_card()
    buyer.type("\r")
    buyer.expect_paid()
    assert buyer.demo.times_paid(payment) == 1


CASES = json.loads(Path("tests/expiries.json").read_text("utf-8"))["cases"]
CLEAR = """() => {
  const field = document.activeElement;
  field.value = "";
  field.dispatchEvent(new InputEvent("input"));
}"""
# As a paste and autofill do it: an input event after the value has changed.
FILL = """(text) => {
  const field = document.activeElement;
  field.value = text;
  field.dispatchEvent(new InputEvent("input"));
}"""
VALUE = "() => document.activeElement.value"


def test_an_expiry_is_understood_in_every_form(buyer: Buyer) -> None:
    """Typed key by key, and all at once."""
    buyer.open(buyer.demo.new_payment())
    buyer.click("Expiry date")
    typed, filled = {}, {}
    for entered, _ in CASES:
        buyer.run(CLEAR)
        buyer.type(entered)
        typed[entered] = buyer.run(VALUE)
        buyer.run(CLEAR)
        buyer.run(FILL, entered)
        filled[entered] = buyer.run(VALUE)
    assert typed == dict(CASES)
    assert filled == dict(CASES)


@pytest.mark.parametrize(
    ("number", "shown", "brand"),
    [
        ("4242424242424242", "4242 4242 4242 4242", "Visa"),
        ("4242-4242.4242 4242", "4242 4242 4242 4242", "Visa"),
        ("378282246310005", "3782 822463 10005", "American Express"),
        ("４２４２", "4242", "Visa"),
        ("٤٢٤٢", "4242", "Visa"),
    ],
)
def test_a_card_number_is_grouped_in_every_form(
    buyer: Buyer, number: str, shown: str, brand: str
) -> None:
    buyer.open(buyer.demo.new_payment())
    buyer.click("Card number")
    for enter in (lambda: buyer.type(number), lambda: buyer.run(FILL, number)):
        buyer.run(CLEAR)
        enter()
        assert buyer.run(VALUE) == shown
        assert buyer.run("() => document.getElementById('card-brand').textContent") == brand
