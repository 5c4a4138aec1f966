"""The value of every handler parameter for a payment: what its mapping's provider gives."""

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from sqlalchemy.orm import Session

from ..store.models import Order, Payment, PaySystem, User
from .handlers import codes_of, handler_of
from .mappings import Mapping, mappings_of

PROVIDERS_OF_FIELDS = ("ORDER", "PROPERTY", "PAYMENT", "USER")
USER_FIELDS = frozenset(column.name.upper() for column in User.__table__.columns)


def should_pay(order: Order) -> str:
    """What is left to pay of an order: its price less the payments made."""
    paid = sum((Decimal(each.sum) for each in order.payments if each.paid == "Y"), Decimal(0))
    return f"{Decimal(order.price) - paid:f}"


def print_time(value: datetime | None) -> str:
    """A moment as an English portal prints it: 11/24/2026 06:13:00 pm."""
    return value.strftime("%m/%d/%Y %I:%M:%S ") + value.strftime("%p").lower() if value else ""


def print_date(value: datetime | None) -> str:
    return value.strftime("%m/%d/%Y") if value else ""


def print_plain(value: object) -> str:
    return "" if value is None else str(value)


ORDER_FIELDS: dict[str, Callable[[Order], str]] = {
    "ID": lambda order: print_plain(order.id),
    "ACCOUNT_NUMBER": lambda order: order.account_number,
    "ORDER_TOPIC": lambda order: order.order_topic,
    "DATE_INSERT": lambda order: print_time(order.date_insert),
    "DATE_INSERT_DATE": lambda order: print_date(order.date_insert),
    "DATE_BILL": lambda order: print_time(order.date_bill),
    "DATE_BILL_DATE": lambda order: print_date(order.date_bill),
    "DATE_PAY_BEFORE": lambda order: print_date(order.date_pay_before),
    "SHOULD_PAY": should_pay,
    "CURRENCY": lambda order: order.currency,
    "PRICE": lambda order: order.price,
    "PRICE_DELIVERY": lambda order: order.price_delivery,
    "DISCOUNT_VALUE": lambda order: order.discount_value,
    "USER_ID": lambda order: print_plain(order.user_id),
    "PAY_SYSTEM_ID": lambda order: print_plain(order.pay_system_id),
    "DELIVERY_ID": lambda order: print_plain(order.delivery_id),
    "TAX_VALUE": lambda order: order.tax_value,
    "USER_DESCRIPTION": lambda order: order.user_description,
}

PAYMENT_FIELDS: dict[str, Callable[[Payment], str]] = {
    "ID": lambda payment: print_plain(payment.id),
    "ACCOUNT_NUMBER": lambda payment: payment.account_number,
    "DATE_BILL": lambda payment: print_time(payment.date_bill),
    "DATE_BILL_DATE": lambda payment: print_date(payment.date_bill),
    "SUM": lambda payment: payment.sum,
    "CURRENCY": lambda payment: payment.currency,
    "PAID": lambda payment: payment.paid,
    "DATE_PAID": lambda payment: print_time(payment.date_paid),
    "PAY_SYSTEM_ID": lambda payment: print_plain(payment.pay_system_id),
    "PAY_VOUCHER_NUM": lambda payment: payment.pay_voucher_num,
    "PAY_VOUCHER_DATE": lambda payment: print_date(payment.pay_voucher_date),
    "DATE_PAY_BEFORE": lambda payment: print_date(payment.date_pay_before),
    "XML_ID": lambda payment: payment.xml_id,
    "PAY_SYSTEM_NAME": lambda payment: payment.pay_system_name,
    "COMPANY_ID": lambda payment: print_plain(payment.company_id),
    "PAY_RETURN_NUM": lambda payment: payment.pay_return_num,
    "PAY_RETURN_DATE": lambda payment: print_date(payment.pay_return_date),
    "PAY_RETURN_COMMENT": lambda payment: payment.pay_return_comment,
}


def provider_value(payment: Payment, key: str, value: str) -> str:
    """What a provider gives for a payment; empty where the provider or its field is unknown."""
    match key:
        case "ORDER":
            return ORDER_FIELDS[value](payment.order) if value in ORDER_FIELDS else ""
        case "PAYMENT":
            return PAYMENT_FIELDS[value](payment) if value in PAYMENT_FIELDS else ""
        case "USER":
            user = payment.order.user
            return print_plain(getattr(user, value.lower())) if value in USER_FIELDS else ""
        case "PROPERTY":
            properties = {each.code: each.value for each in payment.order.properties}
            return properties.get(value, "")
        case "VALUE" | "INPUT":
            return value
        case "Y/N" | "Y\\N":
            return "Y" if value == "Y" else "N"
        case _:
            return ""


class Value(NamedTuple):
    """A parameter's value for a payment, and where it came from.

    `origin` is in words, such as `mapping for Individual`; `provider` is such as PAYMENT.SUM or
    VALUE, or empty.
    """

    text: str
    origin: str
    provider: str = ""


def parameter_values(session: Session, payment: Payment, pay_system: PaySystem) -> dict[str, str]:
    """The value of each of the handler's CODES for a payment, in the order of CODES."""
    explained = explained_values(session, payment, pay_system)
    return {code: value.text for code, value in explained.items()}


def explained_values(session: Session, payment: Payment, pay_system: PaySystem) -> dict[str, Value]:
    """As `parameter_values`, with where each value came from."""
    order = payment.order
    codes = codes_of(handler_of(session, pay_system))
    mappings = mappings_of(session, pay_system.id, order.person_type_id, codes)

    def value(mapping: Mapping) -> Value:
        key, field, origin = mapping
        if origin == "none":
            return Value("", "empty")
        payer = order.person_type.name if origin == "payer type" else origin
        words = origin if origin == "default" else f"mapping for {payer}"
        provider = f"{key}.{field}" if key in PROVIDERS_OF_FIELDS else key
        return Value(provider_value(payment, key, field), words, provider)

    return {code: value(mapping) for code, mapping in mappings.items()}
