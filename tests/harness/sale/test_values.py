"""The value of every parameter, from every provider, in the platform's order of precedence."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from payframe.harness.sale.values import parameter_values, provider_value, should_pay
from payframe.harness.store.database import Store
from payframe.harness.store.models import Handler, Order, OrderProperty, ParameterMapping, Payment
from sqlalchemy import select

from tests.harness.conftest import copied
from tests.harness.support import add_payment

MOMENT = datetime(2026, 11, 4, 18, 5, 9, tzinfo=UTC)
DAY = datetime(2026, 12, 31, tzinfo=UTC)

# The tables of PROVIDER_VALUE, as the platform's page lists them, with what each gives below.
ORDER = {
    "ID": None,
    "ACCOUNT_NUMBER": "A-77",
    "ORDER_TOPIC": "Lamp",
    "DATE_INSERT": "11/04/2026 06:05:09 pm",
    "DATE_INSERT_DATE": "11/04/2026",
    "DATE_BILL": "11/04/2026 06:05:09 pm",
    "DATE_BILL_DATE": "11/04/2026",
    "DATE_PAY_BEFORE": "12/31/2026",
    "SHOULD_PAY": "150.00",
    "CURRENCY": "USD",
    "PRICE": "150.00",
    "PRICE_DELIVERY": "9.90",
    "DISCOUNT_VALUE": "5.00",
    "USER_ID": None,
    "PAY_SYSTEM_ID": "3",
    "DELIVERY_ID": "4",
    "TAX_VALUE": "7.50",
    "USER_DESCRIPTION": "Ring twice",
}
PAYMENT = {
    "ID": None,
    "ACCOUNT_NUMBER": "A-77/1",
    "DATE_BILL": "11/04/2026 06:05:09 pm",
    "DATE_BILL_DATE": "11/04/2026",
    "SUM": "100.00",
    "CURRENCY": "USD",
    "PAID": "N",
    "DATE_PAID": "11/04/2026 06:05:09 pm",
    "PAY_SYSTEM_ID": "1",
    "PAY_VOUCHER_NUM": "V-1",
    "PAY_VOUCHER_DATE": "12/31/2026",
    "DATE_PAY_BEFORE": "12/31/2026",
    "XML_ID": "xml-1",
    "PAY_SYSTEM_NAME": "Card",
    "COMPANY_ID": "8",
    "PAY_RETURN_NUM": "R-1",
    "PAY_RETURN_DATE": "12/31/2026",
    "PAY_RETURN_COMMENT": "Broken",
}
# fmt: off
USER = [
    "ID", "LOGIN", "NAME", "SECOND_NAME", "LAST_NAME", "EMAIL", "PERSONAL_PROFESSION",
    "PERSONAL_WWW", "PERSONAL_ICQ", "PERSONAL_GENDER", "PERSONAL_FAX", "PERSONAL_MOBILE",
    "PERSONAL_STREET", "PERSONAL_MAILBOX", "PERSONAL_CITY", "PERSONAL_STATE", "PERSONAL_ZIP",
    "PERSONAL_COUNTRY", "WORK_COMPANY", "WORK_DEPARTMENT", "WORK_POSITION", "WORK_WWW",
    "WORK_PHONE", "WORK_FAX", "WORK_STREET", "WORK_MAILBOX", "WORK_CITY", "WORK_STATE",
    "WORK_ZIP", "WORK_COUNTRY",
]
# fmt: on


@pytest.fixture(scope="module")
def payment(seeded: Path, tmp_path_factory: pytest.TempPathFactory) -> Payment:
    """A payment of 100.00 of an order of 150.00, with every field filled in."""
    with copied(seeded, tmp_path_factory.mktemp("payment")) as store:
        return fill_in(store)


def fill_in(store: Store) -> Payment:
    payment_id = add_payment(
        store,
        account_number="A-77/1",
        date_bill=MOMENT,
        date_paid=MOMENT,
        date_pay_before=DAY,
        pay_voucher_num="V-1",
        pay_voucher_date=DAY,
        xml_id="xml-1",
        pay_system_name="Card",
        company_id=8,
        pay_return_num="R-1",
        pay_return_date=DAY,
        pay_return_comment="Broken",
    )
    with store.write() as session:
        found = session.get_one(Payment, payment_id)
        order = found.order
        order.account_number, order.order_topic = "A-77", "Lamp"
        order.date_insert = order.date_bill = MOMENT
        order.date_pay_before = DAY
        order.price, order.price_delivery = "150.00", "9.90"
        order.discount_value, order.tax_value = "5.00", "7.50"
        order.pay_system_id, order.delivery_id = 3, 4
        order.user_description = "Ring twice"
        order.properties = [OrderProperty(code="PHONE", value="+1 555 0100")]
        for name in USER[1:]:
            setattr(order.user, name.lower(), f"<{name}>")
        # Loaded while the session is open.
        assert order.payments
        assert order.properties
    return found


@pytest.mark.parametrize("field", ORDER)
def test_every_field_of_the_order(payment: Payment, field: str) -> None:
    order = payment.order
    ids = {"ID": str(order.id), "USER_ID": str(order.user_id)}
    assert provider_value(payment, "ORDER", field) == (ORDER[field] or ids[field])


@pytest.mark.parametrize("field", PAYMENT)
def test_every_field_of_the_payment(payment: Payment, field: str) -> None:
    assert provider_value(payment, "PAYMENT", field) == (PAYMENT[field] or str(payment.id))


@pytest.mark.parametrize("field", USER)
def test_every_field_of_the_buyer(payment: Payment, field: str) -> None:
    expected = str(payment.order.user.id) if field == "ID" else f"<{field}>"
    assert provider_value(payment, "USER", field) == expected


@pytest.mark.parametrize(
    ("key", "value", "expected"),
    [
        ("PROPERTY", "PHONE", "+1 555 0100"),
        ("PROPERTY", "FAX", ""),
        ("VALUE", "any <b>text</b>", "any <b>text</b>"),
        ("INPUT", "typed", "typed"),
        ("Y/N", "Y", "Y"),
        ("Y/N", "N", "N"),
        ("Y/N", "yes", "N"),
        ("Y\\N", "Y", "Y"),
        ("Y\\N", "", "N"),
        ("ORDER", "SECRET", ""),
        ("ORDER", "__class__", ""),
        ("PAYMENT", "sum", ""),
        ("USER", "PASSWORD", ""),
        ("USER", "METADATA", ""),
        ("SHOP", "ID", ""),
        ("", "", ""),
    ],
)
def test_properties_literals_and_what_no_provider_knows(
    payment: Payment, key: str, value: str, expected: str
) -> None:
    assert provider_value(payment, key, value) == expected


def test_what_is_not_there_is_empty(store: Store) -> None:
    payment_id = add_payment(store)
    with store.read() as session:
        payment = session.get_one(Payment, payment_id)
        for field in ("DATE_PAID", "DATE_PAY_BEFORE", "COMPANY_ID", "PAY_VOUCHER_DATE"):
            assert provider_value(payment, "PAYMENT", field) == ""
        for field in ("PAY_SYSTEM_ID", "DELIVERY_ID", "DATE_PAY_BEFORE"):
            assert provider_value(payment, "ORDER", field) == ""


def test_what_is_left_to_pay_is_exact() -> None:
    def part(amount: str, paid: str) -> Payment:
        return Payment(account_number="", pay_system_id=1, sum=amount, currency="USD", paid=paid)

    order = Order(
        account_number="", person_type_id=1, user_id=1, currency="USD", price="1234567890123.45"
    )
    order.payments = [part("0.10", "Y"), part("0.20", "Y"), part("1000", "N")]
    assert should_pay(order) == "1234567890123.15"


def values_with(
    store: Store, default: Any, *mappings: tuple[int, str], person_type_id: int = 1
) -> str:
    """The value of one parameter with a DEFAULT and mappings (payer type, literal value)."""
    payment_id = add_payment(store)
    with store.write() as session:
        handler = session.scalars(select(Handler)).one()
        parameter = {"NAME": "P"} | ({} if default is None else {"DEFAULT": default})
        handler.settings = {**handler.settings, "CODES": {"P": parameter}}
        session.add_all(
            ParameterMapping(
                pay_system_id=1, person_type_id=payer, code="P", type="VALUE", value=value
            )
            for payer, value in mappings
        )
        payment = session.get_one(Payment, payment_id)
        payment.order.person_type_id = person_type_id
        session.flush()
        return parameter_values(session, payment, payment.pay_system)["P"]


DEFAULT = {"PROVIDER_KEY": "VALUE", "PROVIDER_VALUE": "default"}


def test_the_payer_types_own_mapping_comes_first(store: Store) -> None:
    assert values_with(store, DEFAULT, (0, "all"), (1, "own"), (2, "other")) == "own"


def test_then_the_mapping_for_all_payer_types(store: Store) -> None:
    assert values_with(store, DEFAULT, (0, "all"), (2, "other")) == "all"
    assert values_with(store, DEFAULT, person_type_id=2) == "other"


def test_then_the_default(store: Store) -> None:
    assert values_with(store, DEFAULT) == "default"
    assert values_with(store, {"PROVIDER_KEY": "PAYMENT", "PROVIDER_VALUE": "SUM"}) == "100.00"


@pytest.mark.parametrize("default", [None, {}, "x", [], {"PROVIDER_KEY": "PAYMENT"}])
def test_and_else_nothing(store: Store, default: Any) -> None:
    assert values_with(store, default) == ""


def test_a_mapping_to_nothing_is_a_mapping(store: Store) -> None:
    assert values_with(store, DEFAULT, (1, "")) == ""
