"""The frame is as high as its content, always, and as wide as the shop gives it."""

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.e2e.measures import SIZES
from tests.e2e.shop import Shop
from tests.e2e.widget_page import DECLINED
from tests.slow import slow


def expect_fit(shop: Shop) -> None:
    """The frame becomes exactly as high as its content, which has nothing to scroll."""

    def measured() -> Any:
        frame = shop.iframe.bounding_box()
        return frame and {**shop.evaluate(SIZES), "frame": round(frame["height"])}

    for _ in range(100):
        seen = measured()
        if seen["content"] == seen["inner"] == seen["frame"] and not seen["scrolls"]:
            return
        shop.evaluate("() => new Promise(requestAnimationFrame)")
    pytest.fail(f"the frame does not fit: {seen}")


@pytest.mark.parametrize("theme", ["brand", *slow("light", "dark")])
def test_the_frame_fits_after_load(shop: Shop, theme: str) -> None:
    shop.open(shop.demo.new_payment(), theme)
    expect_fit(shop)


def test_the_frame_grows_with_an_error_and_shrinks_after_it(shop: Shop) -> None:
    shop.open(shop.demo.new_payment())
    expect_fit(shop)
    before = shop.iframe.bounding_box()
    shop.frame.get_by_label("Card number").fill("4242 4242 4242 4241")
    shop.frame.get_by_label("Expiry date").focus()
    expect(shop.frame.get_by_text("Check the card number.")).to_be_visible()
    expect_fit(shop)
    grown = shop.iframe.bounding_box()
    shop.frame.get_by_label("Card number").fill("4242 4242 4242 4242")
    expect(shop.frame.get_by_text("Check the card number.")).to_be_hidden()
    expect_fit(shop)
    assert before is not None
    assert grown is not None
    assert grown["height"] > before["height"]
    after = shop.iframe.bounding_box()
    assert after is not None
    # Not y: typing scrolls the page where the frame does not fit the window.
    assert (after["width"], after["height"]) == (before["width"], before["height"])


def test_the_frame_fits_in_every_state_on_the_way(shop: Shop) -> None:
    shop.open(shop.demo.new_payment())
    shop.pay(DECLINED)
    shop.expect_state("failed")
    expect_fit(shop)
    shop.frame.get_by_role("radio", name="Bank account").check()
    expect_fit(shop)
    shop.frame.get_by_role("radio", name="Card").check()
    shop.pay()
    shop.expect_state("paid")
    expect_fit(shop)


def test_one_message_a_change_and_no_width(shop: Shop) -> None:
    shop.open(shop.demo.new_payment())
    expect_fit(shop)
    shop.forget()
    shop.frame.get_by_role("radio", name="Bank account").check()
    expect_fit(shop)
    shop.frame.get_by_role("radio", name="Card").check()
    expect_fit(shop)
    sizes = shop.sizes()
    assert [list(size) for size in sizes] == [["height"], ["height"]]
    assert sizes[0]["height"] < sizes[1]["height"]


def test_a_width_that_changes_no_height_is_not_reported(shop: Shop) -> None:
    shop.page.set_viewport_size({"width": 1020, "height": 900})
    shop.open(shop.demo.new_payment())
    expect_fit(shop)
    shop.forget()
    width = shop.evaluate("() => innerWidth")
    shop.page.set_viewport_size({"width": 1010, "height": 900})
    expect_fit(shop)
    assert shop.evaluate("() => innerWidth") < width
    assert shop.sizes() == []


def test_a_narrower_container_still_fits(shop: Shop) -> None:
    shop.page.set_viewport_size({"width": 800, "height": 900})
    shop.open(shop.demo.new_payment("1234567890123.45", "IDR"))
    expect_fit(shop)
    shop.page.set_viewport_size({"width": 360, "height": 900})
    expect_fit(shop)
    assert all("width" not in size for size in shop.sizes())
    cut_off = shop.evaluate(
        """(page) => [...page.querySelectorAll("*")].filter((each) => {
          const box = each.getBoundingClientRect();
          return box.width && (box.right > innerWidth + .5 || box.left < -.5
            || (each.scrollWidth > each.clientWidth + 1 && each.tagName !== "INPUT"
              && getComputedStyle(each).display !== "inline"));
        }).map((each) => each.outerHTML)"""
    )
    assert cut_off == []
    shop.page.set_viewport_size({"width": 800, "height": 900})
    expect_fit(shop)


def test_the_challenge_fits_as_well(shop: Shop) -> None:
    shop.open(shop.demo.new_payment())
    shop.pay("4000 0000 0000 3220")
    expect(shop.frame.get_by_role("heading", name="Confirm this payment")).to_be_visible()
    wanted = shop.frame.locator("main").evaluate("(main) => `${Math.ceil(main.offsetHeight)}px`")
    expect(shop.iframe).to_have_css("height", wanted)


def test_a_hidden_frame_sends_no_size(shop: Shop) -> None:
    shop.open(shop.demo.new_payment())
    expect_fit(shop)
    shop.forget()
    shop.page.evaluate("document.querySelector('.pay').style.display = 'none'")
    shop.page.evaluate("new Promise((done) => setTimeout(done))")
    shop.page.evaluate("document.querySelector('.pay').style.display = ''")
    expect_fit(shop)
    assert shop.sizes() == []


STYLES = (
    "main { min-height: calc(100vh + 40px) }",
    *slow(
        "main { padding-bottom: 20vh }",
        "main { min-height: 100vh }",
        "html, body { height: 100% } main { min-height: 100% }",
        "body { margin: 8px } main { margin: 40px 0 }",
        "main { height: 701.5px }",
    ),
)
"""What an integrator's own style may do to the content."""

GROWN = """(page, style) => new Promise((done) => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(style);
  document.adoptedStyleSheets.push(sheet);
  const heights = [];
  requestAnimationFrame(function note() {
    heights.push(innerHeight);
    if (heights.length < 60) requestAnimationFrame(note);
    else done(heights);
  });
})"""


@pytest.mark.parametrize("style", STYLES)
def test_no_style_makes_the_frame_grow_for_ever(shop: Shop, style: str) -> None:
    shop.open(shop.demo.new_payment())
    expect_fit(shop)
    heights = shop.evaluate(GROWN, style)
    assert heights[-1] == heights[30]
