"""What buyers set in their system: forced colours, less motion, a page twice as large."""

import io

import pytest
from PIL import Image
from playwright.sync_api import Locator, expect

from tests.e2e.shop import Shop
from tests.e2e.states import choose, submit
from tests.e2e.widget_page import DECLINED
from tests.slow import slow

FORCED = pytest.mark.browser_context_args(forced_colors="active")


def picture(of: Locator) -> Image.Image:
    return Image.open(io.BytesIO(of.screenshot(animations="disabled"))).convert("RGB")


@FORCED
def test_forced_colours_show_what_is_chosen_focused_and_wrong(shop: Shop) -> None:
    shop.open(shop.demo.new_payment())
    card, bank = (shop.frame.get_by_role("radio", name=name) for name in ("Card", "Bank account"))
    assert picture(card).tobytes() != picture(bank).tobytes(), "the chosen one looks different"
    number = shop.frame.get_by_label("Card number")
    plain = picture(number).tobytes()
    submit(shop)
    expect(number).to_be_focused()
    expect(number).to_have_css("outline-style", "solid")
    shop.frame.get_by_label("Name on card").focus()
    assert picture(number).tobytes() != plain, "a wrong field looks different"
    expect(shop.frame.get_by_text("Fill in this field.").first).to_be_visible()
    expect(shop.pay_button).to_have_css("border-top-style", "solid")
    shop.pay(DECLINED)
    expect(shop.alert).to_have_css("border-top-style", "solid")


@FORCED
@pytest.mark.parametrize("scheme", ["light", *slow("dark")])
def test_a_code_can_be_scanned_in_forced_colours(shop: Shop, scheme: str) -> None:
    shop.page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    shop.open(shop.demo.new_payment())
    choose(shop, "qr")
    submit(shop)
    shop.expect_state("action_required")
    assert "/challenge" in shop.scan()


@pytest.mark.browser_context_args(reduced_motion="reduce")
def test_less_motion_means_a_slow_turn(shop: Shop) -> None:
    release = shop.hold("**/gateway/payments")
    shop.open(shop.demo.new_payment(), until="loading")
    expect(shop.frame.locator(".spinner")).to_have_css("animation-duration", "4s")
    release()
    shop.expect_state("ready")


@pytest.mark.browser_context_args(
    viewport={"width": 640, "height": 450}, device_scale_factor=2, locale="de"
)
def test_a_page_at_200_percent_has_nothing_to_scroll_sideways(shop: Shop) -> None:
    """A window of 1280 x 900 px at 200 % is one of 640 x 450 CSS px with two pixels each."""
    shop.open(shop.demo.new_payment())
    submit(shop)
    wide = "() => document.documentElement.scrollWidth > innerWidth"
    assert not shop.evaluate(wide)
    assert not shop.page.evaluate(wide)
    shop.frame.locator("#pay").scroll_into_view_if_needed()
    expect(shop.frame.locator("#pay")).to_be_in_viewport()
