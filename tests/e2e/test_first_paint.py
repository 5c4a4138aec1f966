"""The page has its height from the first paint on: nothing moves when the payment arrives."""

from math import ceil

import pytest
from playwright.sync_api import expect

from tests.e2e.shop import Shop
from tests.slow import slow

# What moved without the buyer having done anything, of this document.
SHIFTS = """
window.shifts = 0;
new PerformanceObserver((list) => {
  for (const each of list.getEntries()) if (!each.hadRecentInput) shifts += each.value;
}).observe({ type: "layout-shift", buffered: true });
"""
DRAWN = "() => new Promise((done) => requestAnimationFrame(() => setTimeout(done)))"


@pytest.mark.parametrize("theme", ["brand", *slow("light", "dark")])
def test_nothing_moves_when_the_payment_arrives(shop: Shop, theme: str) -> None:
    payment = shop.demo.new_payment()
    shop.page.add_init_script(SHIFTS)
    for width in (320, 600, 900):
        shop.page.set_viewport_size({"width": width, "height": 1100})
        release = shop.hold("**/gateway/payments")
        shop.open(payment, theme, until="loading")
        shop.evaluate(DRAWN)
        loading = shop.widget.bounding_box()
        assert loading is not None
        expect(shop.iframe).to_have_css("height", f"{ceil(loading['height'])}px")
        loading = shop.widget.bounding_box()
        shop.forget()
        shop.page.evaluate("() => { shifts = 0 }")
        shop.evaluate("() => { shifts = 0 }")
        release()
        shop.expect_state("ready")
        shop.evaluate(DRAWN)
        assert shop.widget.bounding_box() == loading
        assert shop.sizes() == []
        assert shop.evaluate("() => shifts") == 0
        assert shop.page.evaluate("shifts") == 0


@pytest.mark.parametrize("width", [320, *slow(600, 900)])
def test_nothing_moves_when_the_shops_style_arrives(shop: Shop, width: int) -> None:
    shop.page.set_viewport_size({"width": width, "height": 1100})
    shop.silence()
    shop.open(shop.demo.new_payment(), until="waiting")
    shop.evaluate(DRAWN)
    waiting = shop.widget.bounding_box()
    release = shop.hold("**/gateway/payments")
    shop.speak()
    shop.expect_state("loading")
    shop.evaluate(DRAWN)
    assert shop.widget.bounding_box() == waiting
    release()


def test_what_will_come_is_in_its_place(shop: Shop) -> None:
    """The grey shapes stand where the fields and the button will be, with nothing written on."""
    places = """(page) => ["card-number", "card-cvc", "pay"].map((id) =>
      JSON.stringify(document.getElementById(id).getBoundingClientRect()))"""
    release = shop.hold("**/gateway/payments")
    shop.open(shop.demo.new_payment(), until="loading")
    before = shop.evaluate(places)
    assert shop.frame.locator("#form").evaluate("(form) => form.inert")
    release()
    shop.expect_state("ready")
    assert shop.evaluate(places) == before
