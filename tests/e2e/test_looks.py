"""The widget can be read in every shop, and follows it where the browser tells how it looks."""

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.e2e.measures import TEXTS, expect_contrast, luminance
from tests.e2e.shop import Shop
from tests.e2e.widget_page import DECLINED
from tests.slow import slow


def expect_readable(shop: Shop) -> None:
    expect_contrast(shop.evaluate(TEXTS))


@pytest.mark.parametrize("theme", ["dark", *slow("light", "brand")])
def test_every_text_is_readable(shop: Shop, theme: str) -> None:
    shop.open(shop.demo.new_payment(), theme)
    expect_readable(shop)
    shop.pay_button.press("Enter")
    expect(shop.frame.get_by_text("Fill in this field.").first).to_be_visible()
    expect_readable(shop)
    shop.pay(DECLINED)
    shop.expect_state("failed")
    expect_readable(shop)


def test_a_dark_shop_gets_a_dark_widget(shop: Shop) -> None:
    shop.open(shop.demo.new_payment(), "dark")
    assert luminance(style(shop)["backgroundColor"]) < 0.05
    assert luminance(style(shop)["color"]) > 0.7


def test_a_branded_shop_lends_its_surface_text_and_font(shop: Shop) -> None:
    shop.open(shop.demo.new_payment(), "brand")
    wrapper = shop.page.locator("#rest-paysystem-wrapper")
    theirs = wrapper.evaluate(
        "(e) => { const s = getComputedStyle(e); return [s.backgroundColor, s.color] }"
    )
    ours = style(shop)
    assert [ours["backgroundColor"], ours["color"]] == theirs
    assert ours["fontFamily"].startswith("Georgia")
    assert ours["borderColor"] == "rgba(0, 0, 0, 0)"


@pytest.mark.parametrize("scheme", ["light", *slow("dark")])
def test_without_a_style_the_widget_brings_a_look_of_its_own(shop: Shop, scheme: Any) -> None:
    """As Firefox and Safari deliver it: property names under numeric keys, and no value."""
    payment = shop.demo.new_payment()
    shop.page.emulate_media(color_scheme=scheme)
    shop.silence()
    shop.open(payment, "dark", until="waiting")
    shop.post(
        {
            **shop.last_message(),
            "BX_COMPUTED_STYLE": {"0": "accent-color", "1": "align-content"},
        }
    )
    shop.expect_state("ready")
    expect_readable(shop)
    dark = luminance(style(shop)["backgroundColor"]) < 0.05
    assert dark == (scheme == "dark")
    body = shop.evaluate("() => getComputedStyle(document.body).backgroundColor")
    assert body == style(shop)["backgroundColor"], "nothing of the shop shines through"


@pytest.mark.parametrize(
    "hostile",
    [
        {"backgroundColor": "url(https://evil.example/x.png)"},
        *slow(
            {"color": "red; background: url(https://evil.example/)"},
            {"fontFamily": "x; } * { display: none } /*"},
            {"fontSize": "900px"},
            {"color": "rgb(200, 200, 200)", "backgroundColor": "rgb(210, 210, 210)"},
            {"backgroundColor": "rgb(255, 255, 255)", "color": "var(--surface)"},
        ),
    ],
)
def test_a_hostile_style_harms_nothing(shop: Shop, hostile: dict[str, str]) -> None:
    requests: list[str] = []
    shop.silence()
    shop.open(shop.demo.new_payment(), until="waiting")
    shop.page.on("request", lambda request: requests.append(request.url))
    shop.post({**shop.last_message(), "BX_COMPUTED_STYLE": hostile})
    shop.expect_state("ready")
    expect_readable(shop)
    assert not [url for url in requests if "evil" in url]
    assert float(style(shop)["fontSize"].removesuffix("px")) <= 20


def style(shop: Shop) -> dict[str, str]:
    computed: dict[str, str] = shop.evaluate(
        """(page) => {
          const { backgroundColor, color, fontFamily, fontSize, borderColor } =
            getComputedStyle(page);
          return { backgroundColor, color, fontFamily, fontSize, borderColor };
        }"""
    )
    return computed
