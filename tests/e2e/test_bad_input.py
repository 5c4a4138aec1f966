"""What goes wrong is a sentence for whom it concerns; nothing is lost, nobody sees a trace."""

from collections.abc import Iterator
from typing import Literal

import httpx
import pytest
from payframe.harness.store.models import Payment, PaySystem
from playwright.sync_api import Page, expect

from tests.e2e.demo import Demo
from tests.e2e.shop import Shop
from tests.slow import slow

UNREACHABLE = "The payment service cannot be reached."


@pytest.fixture
def faulty(troubled_shop: Shop) -> Iterator[Shop]:
    """A shop whose gateway is put right again after the test."""
    yield troubled_shop
    httpx.delete(f"{troubled_shop.demo.addresses.gateway}/faults").raise_for_status()


def let_gateway_fail(
    shop: Shop, fault: Literal["error", "slow", "garbage"], times: int = 1, seconds: float = 5
) -> None:
    body = {"fault": fault, "times": times, "seconds": seconds}
    httpx.post(f"{shop.demo.addresses.gateway}/faults", json=body).raise_for_status()


@pytest.mark.parametrize("fault", ["error", *slow("garbage")])
def test_a_gateway_that_fails_once_is_asked_again(
    faulty: Shop, fault: Literal["error", "garbage"]
) -> None:
    let_gateway_fail(faulty, fault)
    faulty.open(faulty.demo.new_payment())


@pytest.mark.parametrize("fault", ["error", *slow("garbage")])
def test_a_gateway_that_keeps_failing_offers_to_try_again(
    faulty: Shop, fault: Literal["error", "garbage"]
) -> None:
    let_gateway_fail(faulty, fault, times=3)
    faulty.open(faulty.demo.new_payment(), until="failed")
    expect(faulty.frame.get_by_text(UNREACHABLE)).to_be_visible()
    faulty.press("Try again")
    faulty.expect_state("ready")


def test_a_gateway_that_is_down_offers_to_try_again(troubled_shop: Shop) -> None:
    shop = troubled_shop
    shop.page.route("**/gateway/payments", lambda route: route.abort("connectionrefused"))
    shop.open(shop.demo.new_payment(), until="failed")
    expect(shop.frame.get_by_text(UNREACHABLE)).to_be_visible()
    shop.page.unroute("**/gateway/payments")
    shop.press("Try again")
    shop.expect_state("ready")


def test_a_slow_gateway_is_waited_for(faulty: Shop) -> None:
    let_gateway_fail(faulty, "slow", seconds=1.5)
    faulty.open(faulty.demo.new_payment(), until="loading")
    expect(faulty.frame.get_by_text("Loading the payment…")).to_be_visible()
    faulty.expect_state("ready")


def test_a_gateway_that_never_answers_is_given_up(troubled_shop: Shop) -> None:
    shop = troubled_shop
    shop.page.clock.install()
    shop.page.route("**/gateway/payments", lambda _route: None)
    shop.open(shop.demo.new_payment(), until="loading")
    shop.page.clock.run_for(60_000)
    shop.expect_state("failed")


def test_an_attempt_whose_answer_is_lost_charges_once(troubled_shop: Shop) -> None:
    """The gateway has taken the money; the buyer's page has not heard of it."""
    shop = troubled_shop
    payment = shop.demo.new_payment()
    shop.open(payment)
    keys: list[str] = []

    def lose_the_answer(route: object) -> None:
        keys.append(route.request.headers["idempotency-key"])  # type: ignore[attr-defined]
        if len(keys) == 1:
            route.fetch()  # type: ignore[attr-defined]
            route.abort("connectionreset")  # type: ignore[attr-defined]
        else:
            route.continue_()  # type: ignore[attr-defined]

    shop.page.route("**/attempts", lose_the_answer)
    shop.pay()
    shop.expect_paid()
    assert len(keys) == 2
    assert keys[0] == keys[1]
    assert shop.demo.times_paid(payment) == 1


def test_an_attempt_that_never_arrives_can_be_made_again(troubled_shop: Shop) -> None:
    shop = troubled_shop
    payment = shop.demo.new_payment()
    shop.open(payment)
    shop.page.route("**/attempts", lambda route: route.abort("connectionreset"))
    shop.pay()
    shop.expect_state("failed")
    expect(shop.frame.get_by_text(UNREACHABLE)).to_be_visible()
    shop.page.unroute("**/attempts")
    shop.press("Try again")
    shop.expect_state("ready")
    shop.pay()
    shop.expect_paid()
    assert shop.demo.times_paid(payment) == 1


@pytest.mark.parametrize(
    ("amount", "currency", "sentence"),
    [
        ("0", "USD", "there is nothing to pay"),
        *slow(
            ("-5.00", "USD", "there is nothing to pay"),
            ("5.00", "XXQ", "The currency of this payment, XXQ, is not known."),
        ),
    ],
)
def test_an_amount_that_cannot_be_charged(
    troubled_shop: Shop, amount: str, currency: str, sentence: str
) -> None:
    troubled_shop.open(troubled_shop.demo.new_payment(amount, currency), until="broken")
    expect(troubled_shop.frame.get_by_text(sentence)).to_be_visible()


@pytest.mark.parametrize(
    ("name", "value"),
    [("PAYMENT_ID", 999_999), *slow(("PAYSYSTEM_ID", 999_999), ("PAYMENT_ID", "x"))],
)
def test_a_payment_or_pay_system_that_is_not_known(
    troubled_shop: Shop, name: str, value: object
) -> None:
    shop = troubled_shop
    shop.tamper("Object.assign(message.BX_SYSTEM_PARAMS, argument)", {name: value})
    shop.open(shop.demo.new_payment(), until="broken")
    reason = shop.frame.locator("#stop-reason")
    expect(reason).to_contain_text("The shop")
    expect(reason).not_to_contain_text("Traceback")


def test_a_payment_of_another_pay_system(troubled_shop: Shop) -> None:
    shop = troubled_shop
    payment = shop.demo.new_payment()
    with shop.demo.store.write() as session:
        # Not active, so that no other test's payment offers it.
        other = PaySystem(name="Another", action_file="resthandleriframe", active="N")
        session.add(other)
        session.flush()
        other_id = other.id
    shop.tamper("message.BX_SYSTEM_PARAMS.PAYSYSTEM_ID = argument", other_id)
    shop.open(payment, until="broken")
    expect(shop.frame.get_by_text("does not know payment")).to_be_visible()


def test_an_amount_that_the_shop_changes_meanwhile_is_not_charged(troubled_shop: Shop) -> None:
    shop = troubled_shop
    payment = shop.demo.new_payment()
    shop.open(payment)
    with shop.demo.store.write() as session:
        session.get_one(Payment, payment).sum = "120.00"
    shop.pay()
    shop.expect_state("broken")
    expect(shop.frame.get_by_text("but the payment is for 120.00 USD")).to_be_visible()
    assert not shop.demo.is_paid(payment)
    shop.page.reload()
    shop.expect_state("ready")
    expect(shop.pay_button).to_have_text("Pay $120.00")


def test_a_payment_that_was_paid_elsewhere_meanwhile_is_not_charged(shop: Shop) -> None:
    payment = shop.demo.new_payment()
    shop.open(payment)
    with shop.demo.store.write() as session:
        session.get_one(Payment, payment).paid = "Y"
    shop.pay()
    shop.expect_paid()
    assert shop.demo.times_paid(payment) == 0


def test_an_unknown_payment_page(page: Page, demo: Demo) -> None:
    response = page.goto(f"{demo.addresses.seller}/payments/999999")
    assert response is not None
    assert response.status == 404
    expect(page.get_by_text("There is no payment 999999 in this shop.")).to_be_visible()


def test_an_unknown_page(page: Page, demo: Demo) -> None:
    response = page.goto(f"{demo.addresses.seller}/nowhere")
    assert response is not None
    assert response.status == 404
    expect(page.get_by_text("There is no such page")).to_be_visible()


def test_a_handler_that_is_gone(page: Page, demo: Demo) -> None:
    payment = demo.new_payment()
    with demo.store.write() as session:
        orphan = PaySystem(name="Orphan", action_file="gone", active="Y")
        session.add(orphan)
        session.flush()
        session.get_one(Payment, payment).pay_system_id = orphan.id
    page.goto(f"{demo.addresses.seller}/payments/{payment}")
    expect(page.get_by_text("'Orphan' has no handler")).to_be_visible()
    page.goto(demo.addresses.seller)
    expect(page.get_by_text("no handler")).to_be_visible()
