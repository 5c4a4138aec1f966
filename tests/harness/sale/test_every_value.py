"""Each field of each provider, set and not, reaches the page as text in every mode."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from payframe.harness.sale.values import (
    ORDER_FIELDS,
    PAYMENT_FIELDS,
    USER_FIELDS,
    explained_values,
    parameter_values,
)
from payframe.harness.seller.checkout import call_for
from payframe.harness.seller.form import form
from payframe.harness.seller.iframe import frame
from payframe.harness.store.database import Store
from payframe.harness.store.models import Handler, Payment, Table
from sqlalchemy import Integer, inspect

from tests.harness.support import add_payment

PROVIDED = [
    *(("ORDER", field) for field in ORDER_FIELDS),
    *(("PAYMENT", field) for field in PAYMENT_FIELDS),
    *(("USER", field) for field in sorted(USER_FIELDS)),
]
CODES: dict[str, Any] = {
    **{
        f"{key}_{field}": {"NAME": field, "DEFAULT": {"PROVIDER_KEY": key, "PROVIDER_VALUE": field}}
        for key, field in PROVIDED
    },
    "KEY_ALONE": {"NAME": "Key alone", "DEFAULT": {"PROVIDER_KEY": "VALUE"}},
    "NO_SUCH_FIELD": {
        "NAME": "No such field",
        "DEFAULT": {"PROVIDER_KEY": "ORDER", "PROVIDER_VALUE": "NO_SUCH"},
    },
    "NOTHING": {"NAME": "Nothing"},
}
ACTION_URI = "https://pay.example/"


def columns_that_may_be_empty(row: Table) -> Iterator[tuple[str, Any]]:
    for column in inspect(type(row)).columns:
        if column.nullable:
            yield column.key, column.type


def fill(row: Table) -> None:
    """Set whatever may be empty."""
    for name, kind in columns_that_may_be_empty(row):
        value: Any = "Y"
        if isinstance(kind, Integer):
            value = 7
        elif "date" in name:
            value = datetime(2026, 11, 4, 18, 5, 9, tzinfo=UTC)
        setattr(row, name, value)


def test_there_are_as_many_as_the_platform_lists() -> None:
    assert len(PROVIDED) == 66


@pytest.mark.parametrize("filled", [False, True], ids=["empty", "set"])
def test_a_value_is_a_text_in_every_mode(store: Store, filled: bool) -> None:
    payment_id = add_payment(store)
    with store.write() as session:
        payment = session.get_one(Payment, payment_id)
        if filled:
            for row in (payment, payment.order):
                fill(row)
        data = {"ACTION_URI": ACTION_URI, "FIELDS": {code: {"CODE": code} for code in CODES}}
        handler = session.query(Handler).one()
        handler.settings = {"CODES": CODES} | dict.fromkeys(
            ("IFRAME_DATA", "CHECKOUT_DATA", "FORM_DATA"), data
        )
        session.flush()
        values = explained_values(session, payment, payment.pay_system)
        told = parameter_values(session, payment, payment.pay_system)
        posted = frame(payment, handler, values, ACTION_URI).data
        sent = dict(form(payment, handler, values, ACTION_URI).pairs)
        body = call_for(payment, handler, values, {}, ACTION_URI).body

    assert list(told) == list(CODES)
    for code, text in told.items():
        assert isinstance(text, str), code
        assert text not in ("None", "null"), code
        assert posted[code] == sent[code] == text
    assert "None" not in body
    for code in ("KEY_ALONE", "NO_SUCH_FIELD", "NOTHING"):
        assert told[code] == ""
    if filled:
        assert told["PAYMENT_COMPANY_ID"] == "7"
        assert told["ORDER_DATE_PAY_BEFORE"] == "11/04/2026"
