"""sale.order.*."""

import secrets
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ...store.models import Order, Payment, User, now
from ..call import MethodCall, ResultPage
from ..errors import PortalError
from ..parameters import integer
from .fields import ORDER, PAYMENT, describe_fields
from .person_type import find as find_person_type
from .records import given_fields, page, read, required_id, set_fields, written

ORDERS = Order.entity_registry_type == "ORDER"


def get(call: MethodCall) -> dict[str, Any]:
    """sale.order.get: {"order": {...}} with its payments."""
    order_id = required_id(call)
    with call.store.read() as session:
        return {"order": describe(session, find(session, order_id))}


def list_(call: MethodCall) -> ResultPage:
    """sale.order.list: {"orders": [...]}."""
    return page(call, "orders", ORDER, ORDERS)


def get_fields(_call: MethodCall) -> dict[str, Any]:
    """sale.order.getFields."""
    return {"order": describe_fields(ORDER)}


def add(call: MethodCall) -> dict[str, Any]:
    """sale.order.add: {"order": {...}}. Without userId the order is the caller's own."""
    fields = given_fields(call, required=ORDER)
    with call.store.write() as session:
        order = Order(
            account_number=secrets.token_hex(4),
            person_type_id=_person_type(session, fields["personTypeId"]),
            user_id=_user(session, fields.get("userId", call.caller.user_id)),
            currency="",
            price="0",
        )
        set_fields(order, written(fields, ORDER, new=True, but=("personTypeId", "userId")))
        session.add(order)
        session.flush()
        order.account_number = str(order.id)
        return {"order": describe(session, order)}


def update(call: MethodCall) -> dict[str, Any]:
    """sale.order.update: {"order": {...}} with what is now stored."""
    order_id, fields = required_id(call), given_fields(call)
    with call.store.write() as session:
        order = find(session, order_id)
        changed = set_fields(order, written(fields, ORDER, new=False))
        order.date_update = now()
        order.version += 1
        user = call.caller.user_id
        if "status_id" in changed:
            order.date_status, order.emp_status_id = order.date_update, user
        if "canceled" in changed:
            order.date_canceled, order.emp_canceled_id = order.date_update, user
        if "marked" in changed:
            order.date_marked, order.emp_marked_id = order.date_update, user
        return {"order": describe(session, order)}


def delete(call: MethodCall) -> bool:
    """sale.order.delete: the order goes with its payments."""
    order_id = required_id(call)
    with call.store.write() as session:
        session.delete(find(session, order_id))
        return True


def find(session: Session, order_id: Any) -> Order:
    """The order with an ID as it comes in a call. Raises PortalError."""
    number = integer(order_id)
    order = None if number is None else session.get(Order, number)
    if order is None or order.entity_registry_type != "ORDER":
        raise PortalError("200540400001", "order is not exists")
    return order


def describe(session: Session, order: Order) -> dict[str, Any]:
    (described,) = read(session, ORDER, Order.id == order.id)
    return described | {"payments": read(session, PAYMENT, Payment.order_id == order.id)}


def _person_type(session: Session, value: Any) -> int:
    person_type = find_person_type(session, value)
    if person_type is None or person_type.entity_registry_type != "ORDER":
        raise PortalError("0", f"Person type {value} does not exist")
    return person_type.id


def _user(session: Session, value: Any) -> int:
    number = integer(value)
    user = None if number is None else session.scalar(select(User).where(User.id == number))
    if user is None:
        raise PortalError("0", f"User {value} does not exist")
    return user.id
