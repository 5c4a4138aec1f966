"""sale.persontype.*: individuals, companies, and whom else a shop sells to."""

from typing import Any

from sqlalchemy import select, true
from sqlalchemy.orm import Session

from ...store.models import Order, PersonType
from ..call import MethodCall, ResultPage
from ..errors import PortalError
from ..parameters import integer
from .fields import PERSON_TYPE, STRING, Field, describe_fields
from .records import given_fields, page, read, required_id, set_fields, written

LISTED = PERSON_TYPE | {
    "clientType": Field(STRING, PersonType.__table__.c.client_type),
    "entityRegistryType": Field(STRING, PersonType.__table__.c.entity_registry_type),
}
"""With what tells the payer types here apart; a portal of the platform does not list these two."""


def get(call: MethodCall) -> dict[str, Any]:
    """sale.persontype.get: {"personType": {...}}."""
    person_type_id = required_id(call)
    with call.store.read() as session:
        return _described(session, _existing(session, person_type_id))


def list_(call: MethodCall) -> ResultPage:
    """sale.persontype.list: {"personTypes": [...]}, of orders, invoices and estimates."""
    return page(call, "personTypes", LISTED, true())


def get_fields(_call: MethodCall) -> dict[str, Any]:
    """sale.persontype.getFields."""
    return {"personType": describe_fields(PERSON_TYPE)}


def add(call: MethodCall) -> dict[str, Any]:
    """sale.persontype.add: {"personType": {...}}, one for orders."""
    fields = given_fields(call, required=PERSON_TYPE)
    with call.store.write() as session:
        person_type = PersonType(name="")
        set_fields(person_type, written(fields, PERSON_TYPE, new=True))
        _check_code(session, person_type)
        session.add(person_type)
        session.flush()
        return _described(session, person_type)


def update(call: MethodCall) -> dict[str, Any]:
    """sale.persontype.update: {"personType": {...}} with what is now stored."""
    person_type_id, fields = required_id(call), given_fields(call)
    with call.store.write() as session:
        person_type = _existing(session, person_type_id)
        set_fields(person_type, written(fields, PERSON_TYPE, new=False))
        _check_code(session, person_type)
        return _described(session, person_type)


def delete(call: MethodCall) -> bool:
    """sale.persontype.delete: only while no order has the payer type."""
    person_type_id = required_id(call)
    with call.store.write() as session:
        person_type = _existing(session, person_type_id)
        if session.scalar(select(Order.id).where(Order.person_type_id == person_type.id).limit(1)):
            raise PortalError(
                "200750000008", f"Orders use the person type with ID={person_type.id}"
            )
        session.delete(person_type)
        return True


def find(session: Session, person_type_id: Any) -> PersonType | None:
    """The payer type with an ID as it comes in a call."""
    number = integer(person_type_id)
    return None if number is None else session.get(PersonType, number)


def _existing(session: Session, person_type_id: Any) -> PersonType:
    person_type = find(session, person_type_id)
    if person_type is None:
        raise PortalError("200740400001", "person type is not exists")
    return person_type


def _check_code(session: Session, person_type: PersonType) -> None:
    if not person_type.code:
        return
    with session.no_autoflush:
        taken = session.scalar(select(PersonType).where(PersonType.code == person_type.code))
    if taken and taken is not person_type:
        raise PortalError("200750000005", "person type code exists")


def _described(session: Session, person_type: PersonType) -> dict[str, Any]:
    (described,) = read(session, PERSON_TYPE, PersonType.id == person_type.id)
    return {"personType": described}
