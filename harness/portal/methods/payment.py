"""sale.payment.*: the payments of orders."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ...store.models import Order, Payment, PaySystem
from ..call import Call, Page
from ..errors import PortalError
from ..parameters import integer
from .order import find as find_order
from .records import camel_case, given_fields, page, record, required_id, stored

FIELDS = camel_case(Payment, but=("ps_recurring_token", "ps_card_number"))
MONEY = frozenset({"sum", "psSum"})
WRITABLE = frozenset(FIELDS) - {"id", "orderId", "paySystemName"}
ORDERS = Payment.order_id.in_(select(Order.id).where(Order.entity_registry_type == "ORDER"))


def get(call: Call) -> dict[str, Any]:
    """sale.payment.get: {"payment": {...}}."""
    payment_id = required_id(call)
    with call.store.read() as session:
        return {"payment": describe(find(session, payment_id))}


def list_(call: Call) -> Page:
    """sale.payment.list: {"payments": [...]}, without the payments of invoices."""
    return page(call, "payments", FIELDS, ORDERS, MONEY)


def add(call: Call) -> dict[str, Any]:
    """sale.payment.add: {"payment": {...}}, of an order that exists."""
    fields = given_fields(call, required=("orderId", "paySystemId"))
    with call.store.write() as session:
        order = find_order(session, fields["orderId"])
        payment = Payment(
            account_number=order.next_payment_number(),
            pay_system_id=_pay_system(session, fields["paySystemId"]).id,
            sum=order.price,
            currency=order.currency,
        )
        order.payments.append(payment)
        _set(session, payment, fields)
        session.flush()
        return {"payment": describe(payment)}


def update(call: Call) -> dict[str, Any]:
    """sale.payment.update: {"payment": {...}} with what is now stored."""
    payment_id, fields = required_id(call), given_fields(call)
    with call.store.write() as session:
        payment = find(session, payment_id)
        _set(session, payment, fields)
        session.flush()
        return {"payment": describe(payment)}


def delete(call: Call) -> bool:
    payment_id = required_id(call)
    with call.store.write() as session:
        session.delete(find(session, payment_id))
        return True


def find(session: Session, payment_id: Any) -> Payment:
    """The payment with an ID as it comes in a call. Raises PortalError."""
    number = integer(payment_id)
    payment = None if number is None else session.get(Payment, number)
    if payment is None:
        raise PortalError("200640400001", "payment does not exist")
    return payment


def describe(payment: Payment) -> dict[str, Any]:
    """A payment as sale.payment.get returns it. Sums are numbers, as on the platform."""
    return record(FIELDS, (getattr(payment, str(column.key)) for column in FIELDS.values()), MONEY)


def _set(session: Session, payment: Payment, fields: dict[str, Any]) -> None:
    """Take over the writable ones of `fields`; the platform passes over the others too."""
    for name in WRITABLE & set(fields):
        column = FIELDS[name]
        if name == "paySystemId":
            pay_system = _pay_system(session, fields[name])
            payment.pay_system_id, payment.pay_system_name = pay_system.id, pay_system.name
        else:
            setattr(payment, str(column.key), stored(name, fields[name], column, MONEY))


def _pay_system(session: Session, pay_system_id: Any) -> PaySystem:
    number = integer(pay_system_id)
    pay_system = None if number is None else session.get(PaySystem, number)
    if pay_system is None:
        raise PortalError("0", f"Pay system {pay_system_id} does not exist")
    return pay_system
