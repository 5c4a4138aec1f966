"""The gateway's API against the real portal, over HTTP on both sides."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from payframe.harness.store.models import ParameterMapping, Payment
from sqlalchemy import update

from tests.harness.gateway.conftest import Api, card, problem_code
from tests.harness.support import (
    Running,
    add_pay_system,
    add_payment,
    change_payment,
    read_payment,
    wait_for,
)


def test_a_payment_is_opened_with_the_portals_amount(api: Api) -> None:
    response = api.open(add_payment(api.running.store, sum="38.750", currency="KWD"))
    assert response.status_code == 201
    payment = response.json()
    assert payment["status"] == "open"
    assert payment["amount"] == {"value": "38.750", "currency": "KWD"}
    assert payment["description"] == "Payment 77/1"
    assert payment["action"] is payment["error"] is None
    assert api.read(payment["id"]) == payment


def test_the_same_payment_is_answered_when_asked_again_in_any_spelling(api: Api) -> None:
    payment_id = add_payment(api.running.store)
    ids = {
        api.open(spelled, system).json()["id"]
        for spelled in (payment_id, str(payment_id))
        for system in (1, "1")
    }
    assert len(ids) == 1


def test_a_payment_opened_by_many_at_once_is_one(api: Api) -> None:
    payment_id = add_payment(api.running.store)
    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(api.opened, [payment_id] * 8))) == 1


@pytest.mark.parametrize(("payment_id", "paysystem_id"), [(4711, 1), (1, 4711), (0, 1), (1, 0)])
def test_what_the_shop_does_not_know_is_refused(
    api: Api, payment_id: int, paysystem_id: int
) -> None:
    response = api.open(payment_id, paysystem_id)
    assert response.status_code == 404
    assert problem_code(response) == "payment_not_found"


def test_a_payment_of_another_pay_system_is_refused(api: Api) -> None:
    other_id = add_pay_system(api.running.store)
    payment_id = add_payment(api.running.store, pay_system_id=other_id)
    assert problem_code(api.open(payment_id, 1)) == "payment_not_found"
    assert problem_code(api.open(1, other_id)) == "payment_not_found"


@pytest.mark.parametrize("payment_id", ["", "x", "1 OR 1=1", "-1", "1.5", "١", "9" * 30, 10**30])
def test_an_id_that_is_no_number_is_refused(api: Api, payment_id: object) -> None:
    response = api.open(payment_id)
    assert response.status_code == 422
    assert problem_code(response) == "invalid_request"


@pytest.mark.parametrize("value", ["0", "0.00", "-5.00"])
def test_a_sum_that_is_nothing_to_pay_is_refused(api: Api, value: str) -> None:
    response = api.open(add_payment(api.running.store, sum=value))
    assert response.status_code == 422
    assert problem_code(response) == "nothing_to_pay"


def test_an_unknown_currency_is_refused(api: Api) -> None:
    response = api.open(add_payment(api.running.store, currency="ZZZ"))
    assert response.status_code == 422
    assert problem_code(response) == "unknown_currency"
    assert "ZZZ" in response.json()["detail"]


def set_live(running: Running) -> None:
    with running.store.write() as session:
        session.execute(
            update(ParameterMapping)
            .where(ParameterMapping.code == "PS_WORK_MODE_IFRAME")
            .values(value="REGULAR")
        )


def test_a_pay_system_in_live_mode_is_refused_by_the_sandbox(alone: Running) -> None:
    api = Api(alone)
    set_live(api.running)
    response = api.open(add_payment(api.running.store))
    assert response.status_code == 409
    assert problem_code(response) == "live_mode"


def test_a_pay_system_that_went_live_meanwhile_takes_no_sandbox_money(alone: Running) -> None:
    api = Api(alone)
    payment_id = add_payment(api.running.store)
    gateway_id = api.opened(payment_id)
    set_live(api.running)
    assert problem_code(api.attempt(gateway_id)) == "live_mode"
    assert read_payment(api.running.store, payment_id).paid == "N"


def test_a_card_pays_and_the_portal_knows_how(api: Api) -> None:
    payment_id = add_payment(api.running.store, sum="1234567890123.45")
    amount = {"value": "1234567890123.45", "currency": "USD"}
    response = api.attempt(api.opened(payment_id), amount=amount)
    assert response.status_code == 201
    assert response.json()["status"] == "paid"
    paid = read_payment(api.running.store, payment_id)
    assert paid.paid == paid.ps_status == "Y"
    assert paid.ps_invoice_id == response.json()["id"]
    assert paid.ps_sum == "1234567890123.45"
    assert paid.ps_currency == "USD"
    assert paid.ps_status_description == "Visa •••• 4242"
    assert paid.ps_card_number == "**** 4242"
    assert paid.date_paid


@pytest.mark.parametrize(
    ("number", "code"),
    [
        ("4000000000000002", "card_declined"),
        ("4000000000009995", "insufficient_funds"),
        ("4000000000000069", "expired_card"),
        ("4012888888881881", "not_a_test_card"),
    ],
)
def test_a_declined_card_says_why_and_another_one_pays(api: Api, number: str, code: str) -> None:
    payment_id = add_payment(api.running.store)
    gateway_id = api.opened(payment_id)
    declined = api.attempt(gateway_id, "key-1", data=card(number)).json()
    assert declined["status"] == "failed"
    assert declined["error"]["code"] == code
    assert declined["error"]["message"].endswith(".")
    assert read_payment(api.running.store, payment_id).paid == "N"
    assert api.attempt(gateway_id, "key-2").json()["status"] == "paid"


def test_a_card_past_its_date_is_declined(api: Api) -> None:
    gateway_id = api.opened(add_payment(api.running.store))
    declined = api.attempt(gateway_id, data=card(expiry_month=1, expiry_year=2020)).json()
    assert declined["error"]["code"] == "expired_card"


def test_a_processing_card_pays_after_a_while(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("payframe.harness.sandbox.provider.PROCESSING_SECONDS", 0.3)
    payment_id = add_payment(api.running.store)
    gateway_id = api.opened(payment_id)
    assert api.attempt(gateway_id, data=card("4000000000000077")).json()["status"] == "processing"
    other = api.attempt(gateway_id, "key-2")
    assert other.status_code == 409
    assert problem_code(other) == "attempt_in_progress"
    wait_for(lambda: api.read(gateway_id)["status"] == "paid")
    assert read_payment(api.running.store, payment_id).paid == "Y"


def test_one_key_charges_once(api: Api, charges: Callable[[], list[str]]) -> None:
    gateway_id = api.opened(add_payment(api.running.store))
    first, second = api.attempt(gateway_id), api.attempt(gateway_id)
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json() == second.json()
    assert len(charges()) == 1


@pytest.mark.parametrize("keys", [["key-1"] * 8, [f"key-{n}" for n in range(8)]])
def test_attempts_at_once_charge_once(
    api: Api,
    charges: Callable[[], list[str]],
    monkeypatch: pytest.MonkeyPatch,
    keys: list[str],
) -> None:
    monkeypatch.setattr("payframe.harness.sandbox.provider.PROCESSING_SECONDS", 0.5)
    payment_id = add_payment(api.running.store)
    gateway_id = api.opened(payment_id)
    slow = card("4000000000000077")
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda key: api.attempt(gateway_id, key, data=slow), keys))
    refused = [problem_code(answer) for answer in answers if not answer.is_success]
    assert refused == ["attempt_in_progress"] * (len(set(keys)) - 1)
    wait_for(lambda: api.read(gateway_id)["status"] == "paid")
    assert charges() == [str(payment_id)]


def test_a_key_is_good_for_one_card_and_method_only(api: Api) -> None:
    gateway_id = api.opened(add_payment(api.running.store))
    api.attempt(gateway_id, "key-1", data=card("4000000000000002"))
    for changes in ({"data": card()}, {"method": "redirect", "data": {}}):
        response = api.attempt(gateway_id, "key-1", **changes)
        assert response.status_code == 422
        assert problem_code(response) == "idempotency_key_reused"
    assert api.read(gateway_id)["status"] == "failed"


def test_two_payments_may_have_the_same_key(api: Api) -> None:
    for _ in range(2):
        gateway_id = api.opened(add_payment(api.running.store))
        assert api.attempt(gateway_id, "key-1").json()["status"] == "paid"


@pytest.mark.parametrize("key", ["", "x" * 256])
def test_an_attempt_needs_a_key(api: Api, key: str) -> None:
    gateway_id = api.opened(add_payment(api.running.store))
    response = api.attempt(gateway_id, key)
    assert response.status_code == 400
    assert problem_code(response) == "idempotency_key_missing"


@pytest.mark.parametrize("change", [{"sum": "150.00"}, {"currency": "EUR"}])
def test_an_amount_that_the_shop_changed_is_not_charged_unseen(
    api: Api, change: dict[str, str]
) -> None:
    payment_id = add_payment(api.running.store)
    gateway_id = api.opened(payment_id)
    change_payment(api.running.store, payment_id, **change)
    response = api.attempt(gateway_id)
    assert response.status_code == 409
    assert problem_code(response) == "amount_changed"
    assert read_payment(api.running.store, payment_id).paid == "N"
    amount = api.read(gateway_id)["amount"]
    assert amount["value"] == change.get("sum", "100.00")
    assert api.attempt(gateway_id, amount=amount).json()["status"] == "paid"


def test_an_amount_that_another_tab_has_seen_is_not_charged_here(api: Api) -> None:
    payment_id = add_payment(api.running.store)
    gateway_id = api.opened(payment_id)
    change_payment(api.running.store, payment_id, sum="150.00")
    assert api.open(payment_id).json()["amount"]["value"] == "150.00"
    assert problem_code(api.attempt(gateway_id)) == "amount_changed"


def test_the_amount_that_was_seen_may_be_written_in_any_way(api: Api) -> None:
    gateway_id = api.opened(add_payment(api.running.store))
    response = api.attempt(gateway_id, amount={"value": "100", "currency": "USD"})
    assert response.json()["status"] == "paid"


@pytest.mark.parametrize("changes", [{"method": "redirect"}, {"data": {}}])
def test_a_card_belongs_to_its_method(api: Api, changes: dict[str, Any]) -> None:
    gateway_id = api.opened(add_payment(api.running.store))
    response = api.attempt(gateway_id, **changes)
    assert response.status_code == 422
    assert problem_code(response) == "invalid_request"


def test_a_payment_that_is_paid_already_is_never_charged(
    api: Api, charges: Callable[[], list[str]]
) -> None:
    payment_id = add_payment(api.running.store, paid="Y")
    response = api.open(payment_id)
    assert response.json()["status"] == "paid"
    assert api.attempt(response.json()["id"]).json()["status"] == "paid"

    paid_elsewhere = add_payment(api.running.store)
    gateway_id = api.opened(paid_elsewhere)
    change_payment(api.running.store, paid_elsewhere, paid="Y")
    assert api.attempt(gateway_id).json()["status"] == "paid"
    assert charges() == []


def test_a_payment_that_went_away_is_not_charged(api: Api) -> None:
    payment_id = add_payment(api.running.store)
    gateway_id = api.opened(payment_id)
    with api.running.store.write() as session:
        session.delete(session.get_one(Payment, payment_id))
    assert problem_code(api.attempt(gateway_id)) == "payment_not_found"
