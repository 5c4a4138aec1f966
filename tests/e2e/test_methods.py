"""The ways to pay beside the card: a code to scan, a bank transfer."""

import re
from typing import Any

import pytest
from payframe.widget.gateway import ledger
from playwright.sync_api import Locator, Page, Route, expect
from sqlalchemy import update

from tests.e2e.shop import Shop
from tests.slow import slow


def choose(shop: Shop, method: str, button: str) -> None:
    shop.frame.get_by_role("radio", name=method).check()
    shop.press(button)
    shop.expect_state("action_required")


def confirm(page: Page, url: str) -> None:
    """At the sandbox's bank, in another window, as on the buyer's phone."""
    phone = page.context.new_page()
    phone.goto(url)
    phone.get_by_role("button", name="Pay now").click()
    expect(phone.get_by_role("heading", name="Thank you")).to_be_visible()
    phone.close()


@pytest.mark.parametrize("theme", ["dark", *slow("light", "brand")])
def test_a_code_that_can_be_scanned_pays(shop: Shop, theme: str) -> None:
    payment = shop.demo.new_payment()
    shop.open(payment, theme)
    choose(shop, "QR code", "Show the code")
    expect(shop.frame.get_by_role("heading", name="Scan to pay")).to_be_focused()
    expect(shop.frame.get_by_role("timer")).to_have_text(re.compile(r"^Time left: [45] minutes$"))
    confirm(shop.page, shop.scan())
    shop.expect_state("paid")
    shop.expect_paid()
    assert shop.demo.times_paid(payment) == 1


def test_a_code_is_still_there_after_a_reload(shop: Shop) -> None:
    shop.open(shop.demo.new_payment())
    choose(shop, "QR code", "Show the code")
    before = shop.scan()
    shop.page.reload()
    shop.expect_state("action_required")
    assert shop.scan() == before


def test_a_code_whose_time_is_over_makes_room_for_another(shop: Shop) -> None:
    payment = shop.demo.new_payment()
    shop.open(payment)
    choose(shop, "QR code", "Show the code")
    first = shop.scan()
    with shop.demo.store.write() as session:
        session.execute(
            update(ledger.LedgerAttempt).values(expires=1.0).where(ledger.LedgerAttempt.expires > 0)
        )
    shop.expect_state("failed")
    expect(shop.alert).to_have_text("The time to pay is over. You can start again.")
    choose(shop, "QR code", "Show the code")
    assert shop.scan() != first
    phone = shop.page.context.new_page()
    phone.goto(first)
    expect(phone.get_by_role("heading", name="Thank you")).to_be_visible()
    assert not shop.demo.is_paid(payment)


def test_another_way_can_be_taken_instead(shop: Shop) -> None:
    payment = shop.demo.new_payment()
    shop.open(payment)
    choose(shop, "QR code", "Show the code")
    shop.press("Pay another way")
    shop.expect_state("ready")
    shop.frame.get_by_role("radio", name="Card").check()
    shop.pay()
    shop.expect_paid()
    assert shop.demo.times_paid(payment) == 1


def test_a_transfer_is_waited_for_and_its_details_can_be_copied(shop: Shop) -> None:
    shop.page.context.grant_permissions(["clipboard-read"])
    payment = shop.demo.new_payment("1249.50", "EUR")
    shop.open(payment)
    choose(shop, "Bank transfer", "Show the bank details")
    number = shop.demo.payment(payment).account_number
    expect(shop.frame.get_by_role("term")).to_have_text(
        ["Amount to pay", "Recipient", "IBAN", "Amount", "Reference"]
    )
    copy = shop.frame.get_by_role("button", name="Copy: Reference")
    expect(shop.frame.get_by_role("definition").filter(has=copy)).to_contain_text(number)
    copy.click()
    expect(shop.frame.get_by_role("button", name="Copied")).to_be_visible()
    assert clipboard(shop.page) == number
    arrival(shop).click()
    shop.expect_paid()
    assert shop.demo.times_paid(payment) == 1
    expect(shop.page.get_by_text("Bank transfer")).to_be_visible()


def test_the_money_for_a_code_arrives_by_a_button_of_the_demo(shop: Shop) -> None:
    payment = shop.demo.new_payment()
    shop.open(payment, "dark")
    choose(shop, "QR code", "Show the code")
    arrival(shop).click()
    shop.expect_paid()
    expect(shop.page).to_have_url(shop.url(payment, "dark"))
    assert shop.demo.times_paid(payment) == 1
    expect(arrival(shop)).to_have_count(0)


def test_no_money_arrives_where_none_is_waited_for(troubled_shop: Shop) -> None:
    shop = troubled_shop
    payment = shop.demo.new_payment()
    shop.open(payment)
    arrival(shop).click()
    expect(shop.page.get_by_text("Nothing waits for money here.")).to_be_visible()
    shop.page.get_by_role("link", name="Back to the payment").click()
    shop.expect_state("ready")
    assert not shop.demo.is_paid(payment)


def arrival(shop: Shop) -> Locator:
    return shop.page.get_by_role("button", name="The money arrives now")


def clipboard(page: Page) -> Any:
    return page.evaluate("() => navigator.clipboard.readText()")


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", *slow("/relative", "data:text/html,x", "file:///x")]
)
def test_a_way_that_leads_nowhere_leaves_the_others_and_says_so(shop: Shop, url: str) -> None:
    def lead_nowhere(route: Route) -> None:
        answer = route.fetch()
        payment = answer.json()
        payment["action"] = {"type": "redirect", "url": url, "target": "top"}
        route.fulfill(response=answer, json=payment)

    payment = shop.demo.new_payment()
    shop.page.route("**/attempts", lead_nowhere)
    shop.open(payment)
    shop.frame.get_by_role("radio", name="Bank account").check()
    shop.pay_button.press("Enter")
    shop.expect_state("failed")
    expect(shop.alert).to_contain_text("This payment method is not available now.")
    expect(shop.frame.get_by_role("radio")).to_have_count(3)
    expect(shop.frame.get_by_role("radio", name="Bank account")).to_have_count(0)
    shop.page.unroute("**/attempts")
    shop.pay()
    shop.expect_paid()
    assert shop.demo.times_paid(payment) == 1


@pytest.mark.parametrize(
    ("method", "button", "action"),
    [
        ("QR code", "Show the code", {"type": "qr", "path": "<svg>", "size": 21, "text": "x"}),
        *slow(
            ("Bank transfer", "Show the bank details", {"type": "transfer", "lines": []}),
            ("Card", "Pay $100.00", {"type": "barter"}),
            ("Card", "Pay $100.00", None),
        ),
    ],
)
def test_an_action_that_makes_no_sense_leaves_the_other_ways(
    shop: Shop, method: str, button: str, action: Any
) -> None:
    def make_no_sense(route: Route) -> None:
        answer = route.fetch()
        changes = {"status": "action_required", "action": action}
        route.fulfill(response=answer, json=answer.json() | changes)

    shop.open(shop.demo.new_payment())
    shop.page.route("**/attempts", make_no_sense)
    shop.frame.get_by_role("radio", name=method).check()
    if method == "Card":
        shop.fill_card()
    shop.press(button)
    expect(shop.alert).to_contain_text("This payment method is not available now.")
    expect(shop.frame.get_by_role("radio", name=method)).to_have_count(0)
    expect(shop.frame.get_by_role("radio")).to_have_count(3)


def test_the_button_says_what_happens(shop: Shop) -> None:
    shop.open(shop.demo.new_payment())
    for method, button in (
        ("QR code", "Show the code"),
        ("Bank transfer", "Show the bank details"),
        ("Card", "Pay $100.00"),
    ):
        shop.frame.get_by_role("radio", name=method).check()
        expect(shop.frame.locator("#pay")).to_have_text(button)


def test_a_method_has_the_gateways_logo_if_it_is_a_picture_inside(shop: Shop) -> None:
    pixel = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 3 2'/%3E"
    logos = {"card": pixel, "redirect": "https://evil.example/logo.png"}

    def with_logos(route: Route) -> None:
        answer = route.fetch()
        payment = answer.json()
        for method in payment["methods"]:
            if logo := logos.get(method["type"]):
                method["logo"] = logo
        route.fulfill(response=answer, json=payment)

    shop.page.route("**/gateway/payments", with_logos)
    shop.open(shop.demo.new_payment())
    pictures = shop.frame.locator("label img")
    expect(pictures).to_have_count(1)
    expect(pictures).to_have_attribute("src", pixel)
    expect(shop.frame.get_by_role("radio", name="Card", exact=True)).to_be_visible()
    assert pictures.evaluate("(picture) => picture.getBoundingClientRect().width") == 30
