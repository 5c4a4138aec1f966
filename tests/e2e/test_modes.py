"""A buyer pays in form and in checkout mode, and chooses how."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.demo import Demo
from tests.e2e.shop import Shop
from tests.e2e.test_accessibility import expect_clean
from tests.harness.support import add_handler
from tests.slow import slow

NUMBER = {"CODE": "NUMBER"}
NUMBER_CODES = {
    "NUMBER": {"DEFAULT": {"PROVIDER_KEY": "PAYMENT", "PROVIDER_VALUE": "ACCOUNT_NUMBER"}}
}


def confirm(page: Page, answer: str = "Pay now") -> None:
    """At the test bank."""
    expect(page.get_by_role("heading", name="Pay from your account")).to_be_visible()
    page.get_by_role("button", name=answer).click()


def test_form_mode_pays(shop: Shop) -> None:
    payment = shop.demo.new_payment(through="Test bank")
    shop.visit(payment, "theme=dark")
    shop.page.get_by_label("Phone number").fill("+1 555 0100")
    shop.page.get_by_label("Send me a receipt").check()
    shop.page.get_by_role("button", name="Pay", exact=True).click()
    confirm(shop.page)
    expect(shop.page).to_have_url(shop.return_url(payment, "dark"))
    shop.expect_paid()
    assert shop.demo.times_paid(payment) == 1


def test_checkout_mode_pays(shop: Shop) -> None:
    payment = shop.demo.new_payment("12800", "JPY", through="Pay by link")
    shop.visit(payment)
    expect(shop.page.locator("svg.qr")).to_be_visible()
    external = shop.demo.payment(payment).ps_invoice_id
    assert external.startswith("pay_")
    shop.page.get_by_role("link", name="Pay", exact=True).click()
    confirm(shop.page)
    shop.expect_paid()
    assert shop.demo.payment(payment).ps_invoice_id == external
    assert shop.demo.times_paid(payment) == 1


def test_checkout_mode_pays_after_a_form(shop: Shop) -> None:
    payment = shop.demo.new_payment(through="Company account", client_type="b2b")
    shop.visit(payment)
    expect(shop.page.get_by_role("button", name="Card or bank")).to_have_count(0)
    shop.page.get_by_label("Your reference").fill("PO 1")
    shop.page.get_by_label("Pay within, in days").fill("30")
    shop.page.get_by_role("button", name="Pay", exact=True).click()
    confirm(shop.page)
    shop.expect_paid()


@pytest.mark.parametrize("system", ["Test bank", *slow("Pay by link")])
def test_a_buyer_who_cancels_may_pay_after_all(shop: Shop, system: str) -> None:
    payment = shop.demo.new_payment(through=system)
    shop.visit(payment)
    pay = shop.page.locator(".main")
    pay.click()
    confirm(shop.page, "Cancel")
    expect(pay).to_be_visible()
    assert not shop.demo.is_paid(payment)
    pay.click()
    confirm(shop.page)
    shop.expect_paid()
    assert shop.demo.times_paid(payment) == 1


def test_the_buyer_chooses_among_what_fits_and_it_is_kept(shop: Shop) -> None:
    payment, other = shop.demo.new_payment("12800", "JPY"), shop.demo.new_payment()
    shop.open(payment, "brand")
    ways = shop.ways
    expect(ways).to_have_text([re.compile("Card or bank"), re.compile("Pay by link")])
    for way in ways.all():
        assert way.locator("img").evaluate("(img) => img.decode().then(() => img.naturalWidth)")
    ways.nth(1).click()
    expect(shop.page).to_have_url(shop.url(payment, "brand"))
    expect(ways.nth(1)).to_have_attribute("aria-pressed", "true")
    expect(shop.page.get_by_role("link", name="Pay", exact=True)).to_be_visible()
    shop.page.reload()
    expect(ways.nth(1)).to_have_attribute("aria-pressed", "true")
    assert shop.demo.payment(payment).pay_system_name == "Pay by link"
    assert shop.demo.payment(other).pay_system_id == 1
    ways.nth(0).click()
    shop.expect_state("ready")
    shop.pay()
    shop.expect_paid()


def test_the_list_names_every_mode(page: Page, demo: Demo) -> None:
    page.goto(demo.addresses.seller)
    for order, mode in (("1001", "iframe"), ("1013", "form"), ("1014", "checkout")):
        row = page.get_by_role("row").filter(has=page.get_by_role("link", name=order, exact=True))
        expect(row.get_by_text(mode, exact=True)).to_be_visible()


def test_a_payment_system_may_ask_for_a_new_window(shop: Shop) -> None:
    data = {"ACTION_URI": f"{shop.demo.addresses.gateway}/form", "FIELDS": {"paymentId": NUMBER}}
    system = add_handler(
        shop.demo.store,
        {"FORM_DATA": data, "CODES": NUMBER_CODES},
        active="N",
        new_window="Y",
    )
    payment = shop.demo.new_payment(through=system)
    shop.visit(payment)
    with shop.page.expect_popup() as opened:
        shop.page.get_by_role("button", name="Pay", exact=True).click()
    expect(shop.page).to_have_url(shop.url(payment))
    confirm(opened.value)
    expect(opened.value.get_by_role("heading", name="is paid")).to_be_visible()


def test_a_form_without_questions_may_go_without_a_click(shop: Shop) -> None:
    data = {
        "ACTION_URI": f"{shop.demo.addresses.gateway}/form?shop=1",
        "METHOD": "GET",
        "FIELDS": {"paymentId": NUMBER},
    }
    settings = {"FORM_DATA": data, "CODES": NUMBER_CODES}
    system = add_handler(shop.demo.store, settings, active="N")
    payment = shop.demo.new_payment(through=system)
    went: list[str] = []
    shop.page.on("request", lambda request: went.append(request.url))
    shop.visit(payment, "redirect=1")
    (form,) = [url for url in went if "/gateway/form" in url]
    assert parse_qs(urlsplit(form).query) == {
        "shop": ["1"],
        "paymentId": [shop.demo.payment(payment).account_number],
        "BX_PAYSYSTEM_ID": [str(system)],
    }
    confirm(shop.page)
    expect(shop.page.get_by_text("You can close this window.")).to_be_visible()
    assert shop.demo.is_paid(payment)


@pytest.mark.parametrize("theme", ["brand", *slow("light", "dark")])
@pytest.mark.parametrize("system", ["Card or bank", *slow("Test bank", "Pay by link")])
def test_axe_finds_nothing_and_nothing_is_cut_off_on_a_phone(
    shop: Shop, system: str, theme: str
) -> None:
    shop.page.set_viewport_size({"width": 360, "height": 800})
    shop.visit(shop.demo.new_payment(through=system), f"theme={theme}&inspect=1")
    if system == "Card or bank":
        shop.expect_state("ready")
    expect_clean(shop.page.main_frame)
    assert shop.page.evaluate("document.documentElement.scrollWidth") == 360


def test_the_request_can_be_copied(shop: Shop) -> None:
    shop.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    shop.visit(shop.demo.new_payment(through="Pay by link"), "inspect=1")
    shop.page.get_by_role("button", name="Copy").click()
    expect(shop.page.get_by_role("button", name="Copied")).to_be_visible()
    copied = shop.page.evaluate("navigator.clipboard.readText()")
    assert copied == shop.page.locator("#inspected-request").text_content()
    assert copied.startswith("curl --data-raw 'BX_SYSTEM_PARAMS%5B")
