"""The payment that the studio's address asks for."""

import pytest
from payframe.harness.store.database import Store
from payframe.harness.store.models import Handler, Payment
from payframe.harness.studio.payments import (
    BUYERS,
    Wanted,
    WantedError,
    mode_of_payment,
    open_payment,
)
from payframe.widget.config import CONFIG, load
from payframe.widget.modes import MODE_KEYS

CONFIGURED = load(CONFIG)


def opened(store: Store, *, fresh: bool = False, **query: str) -> Payment:
    with store.write() as session:
        number = open_payment(session, Wanted.of(query), CONFIGURED, fresh=fresh)
    with store.read() as session:
        found = session.get_one(Payment, number)
        assert found.order.user.login
        return found


def test_the_same_address_is_the_same_payment(store: Store) -> None:
    first = opened(store, amount="0.01", currency="JPY")
    assert opened(store, amount="0.01", currency="JPY").id == first.id
    assert (first.sum, first.currency) == ("0.01", "JPY")


def test_a_paid_payment_is_not_opened_again(store: Store) -> None:
    first = opened(store)
    with store.write() as session:
        session.get_one(Payment, first.id).paid = "Y"
    assert opened(store).id != first.id


def test_a_new_one_is_had_on_demand(store: Store) -> None:
    assert opened(store).id != opened(store, fresh=True).id


def test_an_amount_has_the_digits_of_its_currency(store: Store) -> None:
    assert opened(store, amount="5", currency="KWD").sum == "5.000"


@pytest.mark.parametrize("buyer", BUYERS)
def test_every_buyer_can_be_had(store: Store, buyer: str) -> None:
    user = opened(store, buyer=buyer).order.user
    assert user.name == BUYERS[buyer].get("name", "")[:255]


def test_a_page_of_ones_own_has_the_fields_of_the_handler(store: Store) -> None:
    payment = opened(store, url="http://127.0.0.1:3000/pay?shop=1")
    again = opened(store, url="http://127.0.0.1:3000/pay?shop=1", amount="7.00")
    assert payment.pay_system_id == again.pay_system_id
    with store.read() as session:
        assert mode_of_payment(session, payment.id) == (
            "iframe",
            "http://127.0.0.1:3000/pay?shop=1",
        )
        code = payment.pay_system.action_file
        handler = session.query(Handler).filter_by(code=code).one()
        frame = CONFIGURED.handler.SETTINGS.data
        assert handler.settings[MODE_KEYS["iframe"]]["FIELDS"] == {
            name: field.model_dump(exclude_none=True) for name, field in frame.FIELDS.items()
        }


def test_it_is_not_offered_to_the_buyers_of_other_payments(store: Store) -> None:
    assert opened(store, url="http://127.0.0.1:3000/pay").pay_system.active == "N"


@pytest.mark.parametrize(
    ("query", "error"),
    [
        ({"amount": "free"}, "amount"),
        ({"amount": "0"}, "amount"),
        ({"currency": "XXXX"}, "currency"),
        ({"buyer": "nobody"}, "buyer"),
        ({"url": "javascript:alert(1)"}, "url"),
        ({"handler": "nobody"}, "handler"),
        ({"payment": "99999"}, "payment"),
        ({"payment": "1; drop"}, "payment"),
    ],
)
def test_what_cannot_be_had_is_said(store: Store, query: dict[str, str], error: str) -> None:
    with store.write() as session, pytest.raises(WantedError) as refused:
        open_payment(session, Wanted.of(query), CONFIGURED)
    assert list(refused.value.errors) == [error]


def test_without_a_currency_it_is_one_that_the_handler_takes() -> None:
    assert Wanted.of({"currency": ""}, "KZT").currency == "KZT"
    assert Wanted.of({"currency": "EUR"}, "KZT").currency == "EUR"
