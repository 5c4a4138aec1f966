"""Writing an order with its payment: the one thing that every part of the shop begins with."""

import re
from decimal import Decimal
from typing import Any

from babel.numbers import get_currency_precision, list_currencies
from sqlalchemy import select
from sqlalchemy.orm import Session

from ..store.models import Order, Payment, PaySystem, PersonType, User

FIRST_NUMBER = 2000
"""Of the orders that are written here: the demo's own have lower ones."""

AMOUNT = re.compile(r"[0-9]{1,15}(\.[0-9]{1,4})?")


def is_amount(text: str) -> bool:
    """Whether it is a decimal number above zero."""
    return AMOUNT.fullmatch(text) is not None and Decimal(text) > 0


def is_currency(code: str) -> bool:
    """Whether ISO 4217 has it, now or of old."""
    return code in list_currencies()


def with_digits(amount: str, currency: str) -> str:
    """With at least as many digits after the point as the currency has: 100 USD is 100.00."""
    digits = max(get_currency_precision(currency), len(amount.partition(".")[2]))
    return f"{Decimal(amount):.{digits}f}"


def write_payment(
    session: Session,
    amount: str = "100.00",
    currency: str = "USD",
    *,
    pay_system_id: int | None = None,
    user_id: int | None = None,
    client_type: str = "b2c",
    **fields: Any,
) -> Payment:
    """A payment that is not paid yet, of an order of its own.

    `amount` is a decimal string, `currency` an ISO 4217 code. It goes through the payment system
    with the ID and is of the user with the ID, by default the first ones; `fields` are further
    columns of the payment.
    """
    if pay_system_id is None:
        pay_system_id = session.scalars(select(PaySystem.id).order_by(PaySystem.id).limit(1)).one()
    if user_id is None:
        user_id = session.scalars(select(User.id).order_by(User.id).limit(1)).one()
    payer = select(PersonType.id).where(PersonType.client_type == client_type)
    order = Order(
        account_number="",
        person_type_id=session.scalars(payer.order_by(PersonType.id).limit(1)).one(),
        user_id=user_id,
        currency=currency,
        price=amount,
    )
    session.add(order)
    session.flush()
    order.account_number = str(FIRST_NUMBER + order.id)
    payment = Payment(
        **{
            "account_number": order.next_payment_number(),
            "pay_system_id": pay_system_id,
            "sum": amount,
            "currency": currency,
            **fields,
        }
    )
    order.payments.append(payment)
    session.flush()
    return payment
