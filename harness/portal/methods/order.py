"""sale.order.* and sale.persontype.list."""

import secrets
from typing import Any

from sqlalchemy import select, true
from sqlalchemy.orm import Session

from ...store.models import Order, PersonType, User
from ..call import Call, Page
from ..errors import PortalError
from ..parameters import integer
from .records import camel_case, given_fields, page, record, required_id, stored

FIELDS = camel_case(Order, but=("entity_registry_type", "payments_added"))
PERSON_TYPE_FIELDS = camel_case(PersonType)
MONEY = frozenset({"price", "priceDelivery", "discountValue", "taxValue"})
WRITABLE = frozenset(FIELDS) - {"id", "personTypeId", "userId"}
ORDERS = Order.entity_registry_type == "ORDER"


def person_types(call: Call) -> Page:
    """sale.persontype.list: {"personTypes": [...]}, of orders, invoices and estimates."""
    return page(call, "personTypes", PERSON_TYPE_FIELDS, true(), frozenset())


def get(call: Call) -> dict[str, Any]:
    """sale.order.get: {"order": {...}} with its payments."""
    order_id = required_id(call)
    with call.store.read() as session:
        return {"order": describe(find(session, order_id))}


def list_(call: Call) -> Page:
    """sale.order.list: {"orders": [...]}."""
    return page(call, "orders", FIELDS, ORDERS, MONEY)


def add(call: Call) -> dict[str, Any]:
    """sale.order.add: {"order": {...}}. Without userId the order is the caller's own."""
    fields = given_fields(call, required=("lid", "personTypeId", "currency"))
    with call.store.write() as session:
        order = Order(
            account_number=secrets.token_hex(4),
            person_type_id=_person_type(session, fields["personTypeId"]),
            user_id=_user(session, fields.get("userId", call.caller.user_id)),
            currency="",
            price="0",
        )
        numbered = fields.get("accountNumber") not in (None, "")
        for name in WRITABLE & set(fields):
            setattr(order, str(FIELDS[name].key), stored(name, fields[name], FIELDS[name], MONEY))
        session.add(order)
        session.flush()
        if not numbered:
            order.account_number = str(order.id)
        session.flush()
        return {"order": describe(order)}


def delete(call: Call) -> bool:
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
        raise PortalError("200540400001", "order does not exist")
    return order


def describe(order: Order) -> dict[str, Any]:
    values = (getattr(order, str(column.key)) for column in FIELDS.values())
    payments = [
        {"id": each.id, "paySystemId": each.pay_system_id, "paid": each.paid}
        for each in order.payments
    ]
    return record(FIELDS, values, MONEY) | {"payments": payments}


def _person_type(session: Session, value: Any) -> int:
    number = integer(value)
    person_type = None if number is None else session.get(PersonType, number)
    if person_type is None or person_type.entity_registry_type != "ORDER":
        raise PortalError("0", f"Person type {value} does not exist")
    return person_type.id


def _user(session: Session, value: Any) -> int:
    number = integer(value)
    user = None if number is None else session.scalar(select(User).where(User.id == number))
    if user is None:
        raise PortalError("0", f"User {value} does not exist")
    return user.id
