"""The portal's view in a browser: it follows, fits a phone, and hands out code."""

import re
import subprocess

import httpx
import pytest
from playwright.sync_api import Page, expect

from tests.e2e.demo import Demo
from tests.e2e.shop import Shop
from tests.e2e.test_accessibility import expect_clean
from tests.e2e.test_shop import BROKEN, CUT_OFF, SMALL
from tests.slow import slow


def call(demo: Demo, method: str, **params: object) -> httpx.Response:
    return httpx.post(f"{demo.ready['webhook']}{method}", json=params)


def view(demo: Demo, query: str = "") -> str:
    return f"{demo.addresses.seller}/portal{query}"


def test_it_follows_by_itself_and_leaves_alone_what_has_not_changed(page: Page, demo: Demo) -> None:
    call(demo, "sale.persontype.list")
    # The gateway may still ask for what other tests have left unpaid.
    page.goto(view(demo, "?caller=others"))
    settings = page.locator("#handlers details").first
    settings.locator("summary").click()
    page.get_by_label("Method").fill("typed")
    first = page.locator(".calls a").first
    first.focus()
    href = first.get_attribute("href")
    call(demo, "sale.paysystem.handler.delete")
    expect(page.locator(".calls .method").first).to_have_text("sale.paysystem.handler.delete")
    expect(page.locator(f".calls a[href='{href}']")).to_be_focused()
    expect(settings).to_have_attribute("open", "")
    expect(page.get_by_label("Method")).to_have_value("typed")


def test_the_gateways_calls_can_be_left_out(page: Page, shop: Shop) -> None:
    shop.open(shop.demo.new_payment())
    page.goto(view(shop.demo))
    gateways = page.locator(".calls li").filter(has=page.get_by_text("gateway", exact=True))
    expect(gateways.first).to_be_visible()
    call(shop.demo, "sale.persontype.list")
    page.get_by_label("Caller").select_option("not the gateway")
    expect(page).to_have_url(re.compile("caller=others"))
    expect(page.locator(".calls li").first).to_be_visible()
    expect(gateways).to_have_count(0)
    page.get_by_label("Caller").select_option("the demo's gateway")
    expect(page).to_have_url(re.compile("caller=gateway"))
    expect(page.locator(".calls li")).to_have_count(gateways.count())


def test_a_copied_curl_calls_again(page: Page, demo: Demo) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    call(demo, "sale.payment.get", id=1, note="it's $HOME")
    page.goto(view(demo, "?method=sale.payment.get&caller=others"))
    page.locator(".calls a").first.click()
    page.get_by_role("button", name="Copy as curl").click()
    copied: str = page.evaluate("navigator.clipboard.readText()")
    code = demo.ready["webhook"].split("/")[-2]
    assert code not in page.content()
    masked = f"{code[:4]}…"
    assert masked in copied
    ran = subprocess.run(
        ["sh", "-c", copied.replace(masked, code)], capture_output=True, text=True, check=True
    )
    assert '"payment":' in ran.stdout


@pytest.mark.parametrize("width", [320, *slow(360, 1280)])
def test_nothing_breaks_inside_a_word_or_number(page: Page, demo: Demo, width: int) -> None:
    demo.new_payment("1234567890123.45", "IDR")
    demo.new_payment("9007199254740993.01", "USD")
    call(
        demo,
        "sale.paysystem.pay.payment",
        PAYMENT_ID=demo.new_payment(),
        PAY_SYSTEM_ID=1,
        PS_INVOICE_ID="pay_WmaEVFNTMLSiixqVtZ9B3w",
        PS_STATUS_DESCRIPTION="Mastercard •••• 4242",
    )
    call(demo, "sale.paysystem.handler.add", NAME="x")
    # What is told of it names a method in a sentence.
    secret = {"FIELDS": {"key": {"CODE": "SECRET_KEY"}}, "ACTION_URI": "http://127.0.0.1:3000/"}
    settings = {"IFRAME_DATA": secret, "CODES": {"SECRET_KEY": {"NAME": "Secret key"}}}
    call(demo, "sale.paysystem.handler.add", NAME="Told", CODE="told", SETTINGS=settings)
    address = "http://127.0.0.1:3000/payments/of-northpay/in-the-frame.html"
    call(demo, "sale.paysystem.handler.add", NAME=address, CODE="address", SETTINGS=settings)
    call(demo, "sale.paysystem.settings.payment.get", PAYMENT_ID=1)
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(view(demo))
    expect_fitting(page, width)
    page.locator(".calls a").first.click()
    page.locator("summary").first.click()
    expect_fitting(page, width)


def expect_fitting(page: Page, width: int) -> None:
    assert page.evaluate(BROKEN) == []
    assert page.evaluate(CUT_OFF) == []
    assert page.evaluate(SMALL) == []
    assert page.evaluate("document.documentElement.scrollWidth") == width
    expect_clean(page.main_frame)
