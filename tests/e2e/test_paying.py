"""A buyer pays inside the seller's page."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.shop import Shop
from tests.e2e.states import pay
from tests.e2e.widget_page import CHALLENGED, DECLINED, PROCESSING, SUCCESS
from tests.slow import slow

# Browsers that block storage on other sites throw already on reading the property.
ALL_STORAGE = """() => ["sessionStorage", "localStorage"].map((name) => {
  try { return JSON.stringify({ ...window[name] }); } catch { return "blocked"; }
}).join()"""


def test_a_card_pays(shop: Shop) -> None:
    payment = shop.demo.new_payment()
    shop.open(payment)
    shop.pay()
    shop.expect_state("paid")
    shop.expect_return()
    paid = shop.demo.payment(payment)
    assert (paid.paid, paid.ps_status, paid.ps_sum, paid.ps_currency) == (
        "Y",
        "Y",
        "100.00",
        "USD",
    )
    assert paid.ps_status_description == "Visa •••• 4242"


def test_a_brand_has_one_name_at_the_field_and_after_paying(shop: Shop) -> None:
    shop.open(shop.demo.new_payment())
    shop.fill_card(PROCESSING)
    brand = shop.frame.locator("#card-brand").text_content()
    shop.pay_button.press("Enter")
    shop.expect_paid()
    expect(shop.page.get_by_text(f"{brand} •••• 0077")).to_be_visible()


def test_the_buyer_may_return_at_once(shop: Shop) -> None:
    shop.open(shop.demo.new_payment())
    shop.pay()
    shop.press("Return to the shop")
    shop.expect_return()


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        (DECLINED, "Your bank declined this card."),
        *slow(
            ("4000 0566 5566 5556", "This sandbox takes test cards only"),
            ("4000 0000 0000 9995", "There is not enough money on this card."),
            ("4000 0000 0000 0069", "This card has expired."),
        ),
    ],
)
def test_a_refused_card_can_be_followed_by_another(shop: Shop, number: str, sentence: str) -> None:
    payment = shop.demo.new_payment()
    shop.open(payment)
    shop.pay(number)
    shop.expect_state("failed")
    expect(shop.alert).to_contain_text(sentence)
    assert not shop.demo.is_paid(payment)
    shop.pay()
    shop.expect_paid()
    assert shop.demo.times_paid(payment) == 1


def test_a_card_asks_for_a_challenge_and_the_widget_resumes(shop: Shop) -> None:
    payment = shop.demo.new_payment()
    shop.open(payment)
    shop.pay(CHALLENGED)
    shop.press("Confirm payment")
    shop.expect_state("paid")
    shop.expect_paid()
    assert shop.demo.is_paid(payment)


def test_a_refused_challenge_lets_the_buyer_pay_another_way(shop: Shop) -> None:
    payment = shop.demo.new_payment()
    shop.open(payment)
    shop.pay(CHALLENGED)
    shop.press("Reject payment")
    shop.expect_state("failed")
    expect(shop.alert).to_have_text("The payment was not confirmed.")
    shop.pay()
    shop.expect_paid()


def test_an_abandoned_challenge_can_be_continued_after_a_reload(shop: Shop) -> None:
    shop.open(shop.demo.new_payment())
    shop.pay(CHALLENGED)
    expect(shop.frame.get_by_role("heading", name="Confirm this payment")).to_be_visible()
    shop.page.reload()
    shop.expect_state("action_required")
    shop.press("Continue")
    shop.press("Confirm payment")
    shop.expect_paid()


def test_an_abandoned_challenge_can_be_given_up_for_another_card(shop: Shop) -> None:
    payment = shop.demo.new_payment()
    shop.open(payment)
    shop.pay(CHALLENGED)
    expect(shop.frame.get_by_role("heading", name="Confirm this payment")).to_be_visible()
    shop.page.reload()
    shop.press("Pay another way")
    shop.pay()
    shop.expect_paid()
    assert shop.demo.times_paid(payment) == 1


@pytest.mark.slow
def test_an_abandoned_challenge_can_be_given_up_for_another_method(shop: Shop) -> None:
    payment = shop.demo.new_payment()
    shop.open(payment)
    shop.frame.get_by_role("radio", name="Bank account").check()
    shop.pay_button.press("Enter")
    expect(shop.page.get_by_role("button", name="Pay now")).to_be_visible()
    shop.page.go_back()
    shop.press("Pay another way")
    shop.pay()
    shop.expect_paid()
    assert shop.demo.times_paid(payment) == 1


def test_the_redirect_method_leaves_the_shop_and_comes_back(shop: Shop) -> None:
    payment = shop.demo.new_payment()
    shop.open(payment, "dark")
    shop.frame.get_by_role("radio", name="Bank account").check()
    shop.pay_button.press("Enter")
    shop.page.get_by_role("button", name="Pay now").click()
    expect(shop.page).to_have_url(shop.return_url(payment, "dark"))
    shop.expect_paid()


def test_a_cancelled_redirect_comes_back_unpaid(shop: Shop) -> None:
    payment = shop.demo.new_payment()
    shop.open(payment)
    shop.frame.get_by_role("radio", name="Bank account").check()
    shop.pay_button.press("Enter")
    shop.page.get_by_role("button", name="Cancel").click()
    shop.expect_state("failed")
    assert not shop.demo.is_paid(payment)


def test_a_payment_in_processing_becomes_paid_by_itself(shop: Shop) -> None:
    payment = shop.demo.new_payment()
    shop.open(payment)
    shop.pay(PROCESSING)
    shop.expect_state("submitting")
    expect(shop.frame.get_by_role("button", name="Paying…")).to_be_visible()
    shop.expect_paid()
    assert shop.demo.times_paid(payment) == 1


def test_a_reload_in_mid_payment_resumes(shop: Shop) -> None:
    payment = shop.demo.new_payment()
    shop.open(payment)
    with shop.page.expect_response(re.compile("/attempts$")):
        shop.pay(PROCESSING)
    shop.page.reload()
    shop.expect_state("submitting")
    shop.expect_paid()
    assert shop.demo.times_paid(payment) == 1


@pytest.mark.slow
def test_a_tab_closed_in_mid_payment_ends_paid(shop: Shop) -> None:
    payment = shop.demo.new_payment()
    shop.open(payment)
    with shop.page.expect_response(re.compile("/attempts$")):
        shop.pay(PROCESSING)
    shop.page.goto("about:blank")
    shop.open(payment, until="submitting")
    shop.expect_paid()


def test_a_double_click_charges_once(shop: Shop) -> None:
    payment = shop.demo.new_payment()
    attempts: list[str] = []
    shop.page.on("request", lambda r: attempts.append(r.url) if "/attempts" in r.url else None)
    shop.open(payment)
    shop.fill_card()
    shop.pay_button.dblclick()
    shop.expect_paid()
    assert len(attempts) == 1
    assert shop.demo.times_paid(payment) == 1


@pytest.mark.slow
def test_a_double_enter_charges_once(shop: Shop) -> None:
    payment = shop.demo.new_payment()
    attempts: list[str] = []
    shop.page.on("request", lambda r: attempts.append(r.url) if "/attempts" in r.url else None)
    shop.open(payment)
    shop.fill_card()
    shop.frame.get_by_label("Name on card").focus()
    shop.page.keyboard.press("Enter")
    shop.page.keyboard.press("Enter")
    shop.expect_paid()
    assert len(attempts) == 1
    assert shop.demo.times_paid(payment) == 1


def test_two_tabs_pay_once(troubled_shop: Shop) -> None:
    # The second may be refused while the first is being charged; both learn that it is paid.
    shop = troubled_shop
    payment = shop.demo.new_payment()
    shop.open(payment)
    other = shop.in_another_tab()
    other.open(payment)
    pay(shop, SUCCESS)
    pay(other, SUCCESS)
    shop.expect_paid()
    other.expect_paid()
    assert shop.demo.times_paid(payment) == 1


def test_a_paid_payment_shows_no_frame(shop: Shop) -> None:
    payment = shop.demo.new_payment()
    shop.open(payment)
    shop.pay()
    shop.expect_paid()
    shop.open(payment, until=None)
    shop.expect_paid()
    expect(shop.iframe).to_have_count(0)


def test_the_list_shows_what_is_paid(shop: Shop) -> None:
    payment = shop.demo.new_payment("77.70", "EUR")
    order = shop.demo.payment(payment).account_number.partition("/")[0]
    shop.page.goto(shop.demo.addresses.seller)
    row = shop.page.get_by_role("row").filter(has=shop.page.get_by_role("link", name=order))
    expect(row).to_contain_text("€77.70")
    expect(row).to_contain_text("open")
    row.get_by_role("link").click()
    shop.pay()
    shop.expect_paid()
    shop.page.get_by_role("link", name="All payments").click()
    expect(row).not_to_contain_text("open")


def test_card_data_is_cleared_and_never_kept(shop: Shop) -> None:
    payment = shop.demo.new_payment()
    shop.open(payment)
    shop.pay(PROCESSING)
    shop.expect_state("submitting")
    assert "0077" not in shop.evaluate(ALL_STORAGE)
    shop.expect_state("paid")
    assert shop.frame.get_by_label("Card number").input_value() == ""
    digits = PROCESSING.replace(" ", "")
    for file in shop.demo.database.parent.iterdir():
        assert digits.encode() not in file.read_bytes(), file
