"""sale.payment.*: the payments of orders."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ...store.models import Order, Payment, PaySystem, now
from ..call import MethodCall, ResultPage
from ..errors import PortalError
from ..parameters import integer
from .fields import PAYMENT, describe_fields
from .order import find as find_order
from .records import given_fields, page, read, required_id, set_fields, written

ORDERS = Payment.order_id.in_(select(Order.id).where(Order.entity_registry_type == "ORDER"))


def get(call: MethodCall) -> dict[str, Any]:
    """sale.payment.get: {"payment": {...}}."""
    number = integer(required_id(call))
    with call.store.read() as session:
        found = read(session, PAYMENT, Payment.id == number) if number is not None else []
    if not found:
        raise _not_there()
    return {"payment": found[0]}


def list_(call: MethodCall) -> ResultPage:
    """sale.payment.list: {"payments": [...]}, without the payments of invoices."""
    return page(call, "payments", PAYMENT, ORDERS)


def get_fields(_call: MethodCall) -> dict[str, Any]:
    """sale.payment.getFields."""
    return {"payment": describe_fields(PAYMENT)}


def add(call: MethodCall) -> dict[str, Any]:
    """sale.payment.add: {"payment": {...}}, of an order that exists."""
    fields = given_fields(call, required=PAYMENT)
    with call.store.write() as session:
        order = find_order(session, fields["orderId"])
        payment = Payment(
            account_number=order.next_payment_number(),
            pay_system_id=_pay_system(session, fields["paySystemId"]).id,
            sum=order.price,
            currency=order.currency,
        )
        order.payments.append(payment)
        _set(session, call, payment, fields)
        return _described(session, payment)


def update(call: MethodCall) -> dict[str, Any]:
    """sale.payment.update: {"payment": {...}} with what is now stored."""
    payment_id, fields = required_id(call), given_fields(call)
    with call.store.write() as session:
        payment = find(session, payment_id)
        _set(session, call, payment, fields)
        return _described(session, payment)


def delete(call: MethodCall) -> bool:
    """sale.payment.delete."""
    payment_id = required_id(call)
    with call.store.write() as session:
        session.delete(find(session, payment_id))
        return True


def find(session: Session, payment_id: Any) -> Payment:
    """The payment with an ID as it comes in a call. Raises PortalError."""
    number = integer(payment_id)
    payment = None if number is None else session.get(Payment, number)
    if payment is None:
        raise _not_there()
    return payment


def _not_there() -> PortalError:
    return PortalError("200640400001", "payment is not exists")


def _set(session: Session, call: MethodCall, payment: Payment, fields: dict[str, Any]) -> None:
    if "paySystemId" in fields:
        pay_system = _pay_system(session, fields["paySystemId"])
        payment.pay_system_id, payment.pay_system_name = pay_system.id, pay_system.name
    own = written(fields, PAYMENT, new=False, but=("paySystemId",))
    changed = set_fields(payment, own)
    moment, user = now(), call.caller.user_id
    if "paid" in changed and "datePaid" not in fields:
        payment.date_paid, payment.emp_paid_id = moment, user
    if "responsible_id" in changed:
        payment.date_responsible_id, payment.emp_responsible_id = moment, user
    if "marked" in changed:
        payment.date_marked, payment.emp_marked_id = moment, user
    session.flush()


def _described(session: Session, payment: Payment) -> dict[str, Any]:
    (described,) = read(session, PAYMENT, Payment.id == payment.id)
    return {"payment": described}


def _pay_system(session: Session, pay_system_id: Any) -> PaySystem:
    number = integer(pay_system_id)
    pay_system = None if number is None else session.get(PaySystem, number)
    if pay_system is None:
        raise PortalError("0", f"Pay system {pay_system_id} does not exist")
    return pay_system
