"""sale.paysystem.add, update, list and delete."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ...sale import warnings
from ...sale.handlers import handler_by_code, handler_of
from ...store.models import ParameterMapping, Payment, PaySystem, PersonType
from ..auth import allow_application
from ..call import MethodCall
from ..errors import PortalError, check_failure, not_defined
from ..parameters import empty, integer, yes_no
from ..selection import TooManyValuesError, UnknownFieldError, conditions, ordering, selected
from .mapping import set_mappings

TABLE = PaySystem.__table__
NAMES = (
    "ID",
    "PERSON_TYPE_ID",
    "NAME",
    "PSA_NAME",
    "SORT",
    "DESCRIPTION",
    "ACTION_FILE",
    "RESULT_FILE",
    "NEW_WINDOW",
    "TARIFF",
    "PS_MODE",
    "HAVE_PAYMENT",
    "HAVE_ACTION",
    "HAVE_RESULT",
    "HAVE_PREPAY",
    "HAVE_PRICE",
    "HAVE_RESULT_RECEIVE",
    "ENCODING",
    "LOGOTYPE",
    "ACTIVE",
    "ALLOW_EDIT_PAYMENT",
    "IS_CASH",
    "AUTO_CHANGE_1C",
    "CAN_PRINT_CHECK",
    "ENTITY_REGISTRY_TYPE",
    "XML_ID",
)
STORED = {"TARIFF": "TARIF", "LOGOTYPE": "LOGOTIP"}
"""Outer name -> the name that the platform stores the field under."""
FIELDS = {name: TABLE.c[STORED.get(name, name).lower()] for name in NAMES}
LISTED = FIELDS | {inner: FIELDS[outer] for outer, inner in STORED.items()}
REGISTRY_TYPES = ("ORDER", "CRM_INVOICE", "CRM_QUOTE")


def add(call: MethodCall) -> int:
    """sale.paysystem.add: the new payment system's ID."""
    params = call.params
    registry_type = params.get("ENTITY_REGISTRY_TYPE")
    registry_type = "CRM_INVOICE" if registry_type is None else str(registry_type)
    code = params.get("BX_REST_HANDLER")
    if empty(code):
        raise not_defined("BX_REST_HANDLER")
    with call.store.write() as session:
        handler = handler_by_code(session, code)
        if handler is None:
            raise PortalError("ERROR_HANDLER_NOT_FOUND", "Handler not found")
        allow_application(call.caller, handler.application)
        person_type_id = _person_type(session, params.get("PERSON_TYPE_ID"), registry_type)
        if empty(params.get("NAME")):
            raise not_defined("NAME")
        name = _text(params, "NAME", "ERROR_PAY_SYSTEM_ADD")
        pay_system = PaySystem(
            name=name,
            psa_name=name,
            person_type_id=person_type_id,
            action_file=handler.code,
            description=_text(params, "DESCRIPTION", "ERROR_PAY_SYSTEM_ADD"),
            xml_id=_text(params, "XML_ID", "ERROR_PAY_SYSTEM_ADD"),
            active=_yes_no(params, "ACTIVE", "ERROR_PAY_SYSTEM_ADD"),
            new_window=_yes_no(params, "NEW_WINDOW", "ERROR_PAY_SYSTEM_ADD"),
            logotip=_image(params, "ERROR_PAY_SYSTEM_ADD"),
            entity_registry_type=registry_type,
            have_payment="N",
        )
        session.add(pay_system)
        session.flush()
        settings = params.get("SETTINGS")
        if not empty(settings):
            set_mappings(session, pay_system.id, person_type_id, settings, "ERROR_PAY_SYSTEM_ADD")
            call.warnings.extend(warnings.of_mappings(settings, handler.settings))
        return pay_system.id


def update(call: MethodCall) -> bool:
    """sale.paysystem.update: changes the given fields; without FIELDS nothing."""
    if call.params.get("ID") is None:
        raise not_defined("ID")
    fields = call.params.get("FIELDS")
    if empty(fields):
        fields = {}
    if not isinstance(fields, dict):
        raise PortalError("ERROR_PAY_SYSTEM_UPDATE", "FIELDS must be an object")
    error = "ERROR_PAY_SYSTEM_UPDATE"
    with call.store.write() as session:
        handler = None
        if fields.get("BX_REST_HANDLER") is not None:
            handler = handler_by_code(session, fields["BX_REST_HANDLER"])
            if handler is None:
                raise PortalError("ERROR_HANDLER_NOT_FOUND", "Handler not found")
        pay_system = _find(session, call)
        if handler:
            allow_application(call.caller, handler.application)
            pay_system.action_file = handler.code
        if fields.get("PERSON_TYPE_ID") is not None:
            pay_system.person_type_id = _person_type(
                session, fields["PERSON_TYPE_ID"], pay_system.entity_registry_type
            )
        for name in ("NAME", "DESCRIPTION", "XML_ID"):
            if fields.get(name) is not None:
                setattr(pay_system, name.lower(), _text(fields, name, error))
        for name in ("ACTIVE", "NEW_WINDOW"):
            if fields.get(name) is not None:
                setattr(pay_system, name.lower(), _yes_no(fields, name, error))
        if image := _image(fields, error):
            pay_system.logotip = image
        return True


def list_(call: MethodCall) -> list[dict[str, Any]]:
    """sale.paysystem.list: all that FILTER lets through, not in pages."""
    params = call.params
    try:
        names = selected(_upper(params.get("SELECT")), LISTED, strict=True) or list(FIELDS)
        where = conditions(params.get("FILTER"), LISTED, strict=True)
        order = ordering(params.get("ORDER"), LISTED, strict=True)
    except (UnknownFieldError, TooManyValuesError) as error:
        raise check_failure(str(error)) from error
    names = [outer_name(name) for name in names]
    query = select(*(FIELDS[name] for name in names)).where(*where).order_by(*order, TABLE.c.id)
    with call.store.read() as session:
        return [dict(zip(names, row, strict=True)) for row in session.execute(query)]


def delete(call: MethodCall) -> bool:
    """sale.paysystem.delete. False, as on the platform, where a payment still uses it."""
    with call.store.write() as session:
        pay_system = _find(session, call)
        payments = select(func.count()).where(Payment.pay_system_id == pay_system.id)
        if count := session.scalar(payments):
            call.warnings.append(
                f"Payment system {pay_system.id} was not deleted, and no error says so: "
                f"{count} payments use it."
            )
            return False
        mappings = select(ParameterMapping).where(ParameterMapping.pay_system_id == pay_system.id)
        for mapping in session.scalars(mappings):
            session.delete(mapping)
        session.delete(pay_system)
        return True


def _upper(select: Any) -> list[str]:
    """Names of SELECT, which are taken in any case; a single one needs no list."""
    values = select.values() if isinstance(select, dict) else select
    names = values if isinstance(values, Iterable) and not isinstance(values, str) else [values]
    return [str(name).upper() for name in names if name is not None]


def outer_name(name: str) -> str:
    return next((outer for outer, inner in STORED.items() if inner == name), name)


def allow_pay_system(session: Session, call: MethodCall, pay_system: PaySystem) -> None:
    """Raises PortalError where the payment system's handler is another application's."""
    handler = handler_of(session, pay_system)
    allow_application(call.caller, handler.application if handler else None)


def _find(session: Session, call: MethodCall) -> PaySystem:
    number = integer(call.params.get("ID"))
    pay_system = None if number is None else session.get(PaySystem, number)
    if pay_system is None:
        raise PortalError("ERROR_PAY_SYSTEM_NOT_FOUND", "Pay system not found")
    allow_pay_system(session, call, pay_system)
    return pay_system


def _person_type(session: Session, value: Any, registry_type: str) -> int:
    number = integer(value)
    person_type = None if number is None else session.get(PersonType, number)
    if person_type is None or person_type.entity_registry_type != registry_type:
        raise PortalError("ERROR_PERSON_TYPE_NOT_FOUND", "Incorrect person type id!")
    return person_type.id


def _text(params: dict[str, Any], name: str, error: str) -> str:
    value = params.get(name)
    if isinstance(value, dict | list):
        raise PortalError(error, f"{name} must be a string")
    return "" if value is None else str(value)


def _yes_no(params: dict[str, Any], name: str, error: str) -> str:
    value = yes_no(params.get(name))
    if value is None:
        raise PortalError(error, f"{name} must be Y or N")
    return value


def _image(params: dict[str, Any], error: str) -> str:
    """LOGOTYPE: base64, or [file name, base64] as the platform takes every file."""
    value = params.get("LOGOTYPE", params.get("LOGOTIP"))
    if isinstance(value, list) and len(value) == 2:
        value = value[1]
    return _text({"LOGOTYPE": value}, "LOGOTYPE", error)
