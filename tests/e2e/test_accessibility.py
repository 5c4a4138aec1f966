"""axe finds nothing, at any state, in any theme."""

from pathlib import Path

import pytest
from playwright.sync_api import Frame, expect

from tests.e2e.shop import Shop
from tests.e2e.states import every_state
from tests.e2e.widget_page import CHALLENGED, DECLINED, PROCESSING
from tests.slow import slow

AXE = Path("node_modules/axe-core/axe.min.js").read_text()


def expect_clean(frame: Frame) -> None:
    frame.evaluate(f"() => {{ {AXE} }}")
    result = frame.evaluate("() => axe.run()")
    assert result["passes"]
    found = [
        (each["id"], [node["html"] for node in each["nodes"]]) for each in result["violations"]
    ]
    assert found == []


def widget_frame(shop: Shop) -> Frame:
    frame = shop.page.frame("restPaymentFrame")
    assert frame is not None
    return frame


@pytest.mark.parametrize("theme", ["brand", *slow("light", "dark")])
def test_the_way_to_paid(shop: Shop, theme: str) -> None:
    shop.open(shop.demo.new_payment(), theme)
    expect_clean(widget_frame(shop))
    shop.pay_button.press("Enter")
    expect(shop.frame.get_by_text("Fill in this field.").first).to_be_visible()
    expect_clean(widget_frame(shop))
    shop.pay(DECLINED)
    shop.expect_state("failed")
    expect_clean(widget_frame(shop))
    shop.pay(PROCESSING)
    shop.expect_state("submitting")
    expect_clean(widget_frame(shop))
    shop.expect_state("paid")
    expect_clean(widget_frame(shop))


EVERY_DAY = ("ar", "dark")


@pytest.mark.timeout(120)
@pytest.mark.parametrize(
    ("language", "theme"),
    [
        pytest.param(
            language,
            theme,
            marks=[
                pytest.mark.browser_context_args(locale=language),
                *([] if (language, theme) == EVERY_DAY else [pytest.mark.slow]),
            ],
        )
        for language in ("en", "ar", "ja")
        for theme in ("light", "dark", "brand")
    ],
)
def test_every_state(shop: Shop, language: str, theme: str) -> None:
    for _ in every_state(shop, theme, language):
        expect_clean(widget_frame(shop))


def test_one_more_step(shop: Shop) -> None:
    shop.open(shop.demo.new_payment())
    shop.pay(CHALLENGED)
    expect(shop.frame.get_by_role("heading", name="Confirm this payment")).to_be_visible()
    expect_clean(widget_frame(shop))
    shop.page.reload()
    shop.expect_state("action_required")
    expect_clean(widget_frame(shop))


def test_waiting_and_broken(troubled_shop: Shop) -> None:
    shop = troubled_shop
    payment = shop.demo.new_payment()
    shop.silence()
    shop.open(payment, until="waiting")
    expect_clean(widget_frame(shop))
    shop.post({"BX_SYSTEM_PARAMS": {}})
    shop.expect_state("broken")
    expect_clean(widget_frame(shop))


def test_loading_and_failed_without_a_gateway(troubled_shop: Shop) -> None:
    shop = troubled_shop
    shop.page.clock.install()
    shop.page.route("**/gateway/payments", lambda route: route.abort("connectionrefused"))
    shop.open(shop.demo.new_payment(), until="loading")
    expect_clean(widget_frame(shop))
    shop.page.clock.run_for(5_000)
    shop.expect_state("failed")
    expect_clean(widget_frame(shop))


@pytest.mark.parametrize("theme", ["light", *slow("dark", "brand")])
def test_the_shop_around_it(shop: Shop, theme: str) -> None:
    payment = shop.demo.new_payment()
    shop.page.goto(f"{shop.demo.addresses.seller}/?theme={theme}")
    expect_clean(shop.page.main_frame)
    shop.open(payment, theme)
    expect_clean(shop.page.main_frame)
    shop.pay()
    shop.expect_paid()
    expect_clean(shop.page.main_frame)
