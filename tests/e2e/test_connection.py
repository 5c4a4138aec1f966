"""A connection that is lost, a service that is busy: the payment goes on, once."""

import pytest
from playwright.sync_api import Route, expect

from tests.e2e.shop import Shop
from tests.e2e.widget_page import DECLINED, SUCCESS
from tests.slow import slow

KEPT = "() => JSON.stringify(history.state) + name"
"""What a page may hand on to the next one in the frame."""


def test_a_buyer_who_is_offline_is_told_and_the_payment_goes_on(troubled_shop: Shop) -> None:
    shop = troubled_shop
    payment = shop.demo.new_payment()
    shop.open(payment)
    shop.fill_card()
    shop.page.clock.install()
    notice = shop.frame.get_by_text("You are offline.")
    expect(notice).to_be_hidden()
    shop.page.context.set_offline(True)
    expect(notice).to_be_visible()
    # A wait, not an error; and apart from what follows.
    text = shop.widget.evaluate("(page) => getComputedStyle(page).color")
    expect(notice).to_have_css("color", text)
    box, form = notice.bounding_box(), shop.frame.locator("#form").bounding_box()
    assert box is not None
    assert form is not None
    assert form["y"] - (box["y"] + box["height"]) >= 16
    shop.pay_button.press("Enter")
    shop.expect_state("submitting")
    # Longer than a service gets that does not answer.
    shop.page.clock.run_for(60_000)
    shop.expect_state("submitting")
    shop.page.context.set_offline(False)
    shop.expect_state("paid")
    assert shop.demo.times_paid(payment) == 1


@pytest.mark.parametrize("number", [SUCCESS, *slow(DECLINED)])
def test_a_lost_answer_is_asked_for_again_and_charged_once(
    troubled_shop: Shop, number: str
) -> None:
    shop = troubled_shop
    payment = shop.demo.new_payment()
    shop.open(payment)
    lost: list[str] = []

    def lose_the_answer(route: Route) -> None:
        key = route.request.headers["idempotency-key"]
        if not lost:
            route.fetch()
            lost.append(key)
            route.abort("connectionreset")
        else:
            assert key == lost[0]
            route.continue_()

    shop.page.route("**/attempts", lose_the_answer)
    shop.pay(number)
    if number == SUCCESS:
        shop.expect_paid()
    else:
        shop.expect_state("failed")
        expect(shop.alert).to_have_text("Your bank declined this card.")
    assert lost
    assert shop.demo.times_paid(payment) == (number == SUCCESS)


def test_a_busy_service_is_asked_again_when_it_says(troubled_shop: Shop) -> None:
    shop = troubled_shop
    payment = shop.demo.new_payment()
    shop.open(payment)
    shop.page.clock.install()
    asked: list[str] = []

    def busy(route: Route) -> None:
        asked.append(route.request.url)
        if len(asked) == 1:
            headers = {"Retry-After": "20", "Access-Control-Expose-Headers": "Retry-After"}
            route.fulfill(status=429, headers=headers, body="{}")
        else:
            route.continue_()

    shop.page.route("**/attempts", busy)
    shop.pay()
    shop.expect_state("submitting")
    shop.page.clock.run_for(10_000)
    assert len(asked) == 1
    shop.page.clock.run_for(10_000)
    shop.expect_state("paid")
    assert shop.demo.times_paid(payment) == 1


@pytest.mark.parametrize("body", ['{"id": "pay_1", "status": "op', *slow("<html>", "")])
def test_a_broken_answer_is_asked_for_again(troubled_shop: Shop, body: str) -> None:
    shop = troubled_shop
    payment = shop.demo.new_payment()
    shop.open(payment)
    answers: list[str] = []

    def break_the_answer(route: Route) -> None:
        answer = route.fetch()
        answers.append(answer.text())
        if len(answers) == 1:
            route.fulfill(response=answer, body=body)
        else:
            route.fulfill(response=answer)

    shop.page.route("**/attempts", break_the_answer)
    shop.pay()
    shop.expect_paid()
    assert shop.demo.times_paid(payment) == 1


def test_what_was_typed_of_a_card_is_gone_once_it_has_paid(shop: Shop) -> None:
    shop.open(shop.demo.new_payment())
    shop.pay()
    shop.expect_state("paid")
    for field in ("number", "expiry", "cvc"):
        expect(shop.frame.locator(f"#card-{field}")).to_have_value("")
    assert SUCCESS.replace(" ", "") not in shop.evaluate(KEPT)


def test_after_a_decline_all_but_the_security_code_stays(shop: Shop) -> None:
    shop.open(shop.demo.new_payment())
    shop.pay(DECLINED)
    shop.expect_state("failed")
    left = {"number": DECLINED, "expiry": "12 / 30", "cvc": "", "name": "Ava Thompson"}
    for field, value in left.items():
        expect(shop.frame.locator(f"#card-{field}")).to_have_value(value)
    assert DECLINED.replace(" ", "") not in shop.evaluate(KEPT)
    expect(shop.frame.locator("#card-brand")).to_have_text("Visa")


def test_a_service_that_was_away_is_tried_anew_with_the_card_still_there(
    troubled_shop: Shop,
) -> None:
    shop = troubled_shop
    payment = shop.demo.new_payment()
    shop.open(payment)
    shop.page.clock.install()
    shop.page.route("**/attempts", lambda route: route.abort("connectionrefused"))
    shop.pay()
    shop.page.clock.run_for(5_000)
    shop.expect_state("failed")
    shop.page.unroute("**/attempts")
    shop.press("Try again")
    shop.expect_state("ready")
    expect(shop.frame.get_by_label("Card number")).to_have_value(SUCCESS)
    shop.pay_button.press("Enter")
    shop.expect_state("paid")
    assert shop.demo.times_paid(payment) == 1


def test_a_window_closed_while_paying_shows_the_true_state_when_it_is_opened_again(
    troubled_shop: Shop,
) -> None:
    shop = troubled_shop
    payment = shop.demo.new_payment()
    shop.open(payment)
    shop.pay("4000 0000 0000 0077")
    shop.expect_state("submitting")
    shop.page.close()
    again = shop.in_another_tab()
    again.open(payment, until=None)
    again.expect_paid()
    assert shop.demo.times_paid(payment) == 1
