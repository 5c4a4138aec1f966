"""Which payment systems a payment offers."""

import base64
from typing import Any

import pytest
from payframe.harness.seller.choice import choose, logo, offered
from payframe.harness.store.database import Store
from payframe.harness.store.models import Payment, PaySystem

from tests.harness.support import add_handler, add_payment, read_payment

PNG = base64.b64encode(b"\x89PNG\r\n\x1a\n and the rest of a picture").decode()

FORM = {"FORM_DATA": {"ACTION_URI": "https://pay.example"}}


def is_offered(
    store: Store, settings: dict[str, Any], person_type_id: int = 1, **fields: Any
) -> bool:
    """Whether a payment of 100.00 USD by an individual (1) or a company (2) has the choice."""
    pay_system_id = add_handler(store, FORM | settings)
    payment_id = add_payment(store)
    with store.write() as session:
        for name, value in fields.items():
            setattr(session.get_one(PaySystem, pay_system_id), name, value)
        payment = session.get_one(Payment, payment_id)
        payment.order.person_type_id = person_type_id
    with store.read() as session:
        found = offered(session, session.get_one(Payment, payment_id))
        assert found[0].id == 1  # its own, whatever it takes
        return pay_system_id in [each.id for each in found]


@pytest.mark.parametrize(
    ("currencies", "fits"),
    [(["USD", "EUR"], True), (["EUR"], False), ([], True), (None, True)],
)
def test_a_list_of_currencies_restricts_and_an_empty_one_does_not(
    store: Store, currencies: Any, fits: bool
) -> None:
    assert is_offered(store, {"CURRENCY": currencies}) is fits


@pytest.mark.parametrize(
    ("client_type", "person_type_id", "fits"),
    [
        ("b2c", 1, True),
        ("b2c", 2, False),
        ("b2b", 1, False),
        ("b2b", 2, True),
        (None, 1, True),
        (None, 2, False),
    ],
)
def test_the_client_type_is_the_payers(
    store: Store, client_type: Any, person_type_id: int, fits: bool
) -> None:
    assert is_offered(store, {"CLIENT_TYPE": client_type}, person_type_id) is fits


@pytest.mark.parametrize(
    ("fields", "fits"),
    [
        ({"active": "N"}, False),
        ({"person_type_id": 1}, True),
        ({"person_type_id": 2}, False),
        ({"entity_registry_type": "CRM_INVOICE"}, False),
        ({"action_file": "gone"}, False),
    ],
)
def test_it_must_be_active_for_this_payer_type_and_have_a_handler(
    store: Store, fields: dict[str, Any], fits: bool
) -> None:
    assert is_offered(store, {}, **fields) is fits


def test_they_stand_in_the_sellers_order(store: Store) -> None:
    last = add_handler(store, FORM, sort=900)
    first = add_handler(store, FORM, sort=1)
    payment_id = add_payment(store)
    with store.read() as session:
        found = offered(session, session.get_one(Payment, payment_id))
    assert [each.id for each in found] == [first, 1, last]


def test_the_choice_is_kept_and_the_other_services_id_is_not(store: Store) -> None:
    other = add_handler(store, FORM, name="Other")
    payment_id = add_payment(store, ps_invoice_id="pay_1")
    with store.write() as session:
        assert choose(session, session.get_one(Payment, payment_id), 1)
    assert read_payment(store, payment_id).ps_invoice_id == "pay_1"
    with store.write() as session:
        assert choose(session, session.get_one(Payment, payment_id), other)
        assert not choose(session, session.get_one(Payment, payment_id), 4711)
    payment = read_payment(store, payment_id)
    assert (payment.pay_system_id, payment.pay_system_name) == (other, "Other")
    assert payment.ps_invoice_id == ""


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        (PNG, f"data:image/png;base64,{PNG}"),
        (f"{PNG[:20]}\n{PNG[20:]}", f"data:image/png;base64,{PNG}"),
        ("", ""),
        ("not base64!", ""),
        ("PHN2Zz4=", ""),
    ],
)
def test_a_logo_is_a_picture_or_nothing(stored: str, shown: str) -> None:
    assert logo(PaySystem(name="x", action_file="x", logotip=stored)) == shown
