"""sale.paysystem.handler.*: the REST handlers that payment systems are made of."""

from typing import Any

from payframe.widget.modes import MODES
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ...sale import warnings
from ...sale.handlers import handler_by_code
from ...store.models import Handler, PaySystem
from ..auth import allow_application
from ..call import MethodCall
from ..errors import PortalError, check_failure, not_defined
from ..parameters import empty, integer

CLIENT_TYPES = ("b2c", "b2b")
TEXT_LENGTH = 255
FIELDS = ("NAME", "CODE", "SORT", "SETTINGS")


def add(call: MethodCall) -> int:
    """sale.paysystem.handler.add: the new handler's ID."""
    params = call.params
    settings = _checked_settings(params)
    with call.store.write() as session:
        code = params["CODE"]
        if isinstance(code, str) and handler_by_code(session, code):
            raise PortalError("ERROR_HANDLER_ALREADY_EXIST", "Handler already exists!")
        values = _values(
            {"SORT": None, **{name: params.get(name) for name in FIELDS}}, "ERROR_HANDLER_ADD"
        )
        handler = Handler(**values, application=call.caller.application)
        session.add(handler)
        session.flush()
        call.warnings.extend(warnings.of_handler(settings))
        return handler.id


def update(call: MethodCall) -> bool:
    """sale.paysystem.handler.update: changes the given of NAME, CODE, SORT and SETTINGS."""
    fields = call.params.get("FIELDS")
    if fields is None:
        raise not_defined("FIELDS")
    with call.store.write() as session:
        handler = _find(session, call)
        values = _values(fields, "ERROR_HANDLER_UPDATE")
        other = handler_by_code(session, values.get("code", handler.code))
        if other and other.id != handler.id:
            raise PortalError(
                "ERROR_UNEXPECTED_ANSWER", "Server returned an unexpected response", 400
            )
        for name, value in values.items():
            setattr(handler, name, value)
        call.warnings.extend(warnings.of_handler(handler.settings))
        return True


def list_(call: MethodCall) -> list[dict[str, Any]]:
    """sale.paysystem.handler.list: every handler. ID and SORT are strings, as on the platform."""
    return call.store.cached(_described)


def delete(call: MethodCall) -> bool:
    """sale.paysystem.handler.delete: only while no payment system uses the handler."""
    with call.store.write() as session:
        handler = _find(session, call)
        used = select(func.count()).where(PaySystem.action_file == handler.code)
        if session.scalar(used):
            raise PortalError(
                "ERROR_PAY_SYSTEM_DELETE",
                f"Pay system with handler {handler.code.upper()} exists!",
            )
        session.delete(handler)
        return True


def _checked_settings(params: dict[str, Any]) -> dict[str, Any]:
    """SETTINGS of handler.add, after the checks in the platform's order."""
    for name in ("NAME", "CODE", "SETTINGS"):
        if params.get(name) is None:
            raise not_defined(name)
    settings = params["SETTINGS"]
    if not isinstance(settings, dict) or settings.get("CODES") is None:
        raise not_defined("SETTINGS[CODES]")
    if all(empty(settings.get(mode)) for mode in MODES):
        raise check_failure(
            "Parameter SETTINGS[FORM_DATA] or SETTINGS[CHECKOUT_DATA] or SETTINGS[IFRAME_DATA] "
            "is not defined"
        )
    for mode in reversed(MODES):
        data = settings.get(mode)
        if not empty(data) and empty(data.get("ACTION_URI") if isinstance(data, dict) else None):
            # The platform names IFRAME_DATA for a missing CHECKOUT_DATA[ACTION_URI] as well.
            named = "FORM_DATA" if mode == "FORM_DATA" else "IFRAME_DATA"
            raise not_defined(f"SETTINGS[{named}][ACTION_URI]")
    client_type = settings.get("CLIENT_TYPE")
    if client_type is not None and client_type not in CLIENT_TYPES:
        raise check_failure("Parameter value SETTINGS[CLIENT_TYPE] is invalid")
    return settings


def _described(session: Session) -> list[dict[str, Any]]:
    return [
        {
            "ID": str(each.id),
            "NAME": each.name,
            "CODE": each.code,
            "SORT": str(each.sort),
            "SETTINGS": each.settings,
        }
        for each in session.scalars(select(Handler).order_by(Handler.id))
    ]


def _find(session: Session, call: MethodCall) -> Handler:
    number = integer(call.params.get("ID"))
    handler = None if number is None else session.get(Handler, number)
    if handler is None:
        raise PortalError("ERROR_HANDLER_NOT_FOUND", "Handler not found")
    allow_application(call.caller, handler.application)
    return handler


def _values(fields: Any, error: str) -> dict[str, Any]:
    """Fields as columns of Handler. Raises PortalError with the code `error`."""
    if fields == []:  # PHP's empty map
        return {}
    if not isinstance(fields, dict):
        raise PortalError(error, "FIELDS must be an object")
    values: dict[str, Any] = {}
    for name, value in fields.items():
        match name:
            case "NAME" | "CODE":
                if not isinstance(value, str | int | float) or len(str(value)) > TEXT_LENGTH:
                    raise PortalError(
                        error, f"{name} must be a string of up to {TEXT_LENGTH} characters"
                    )
                values[name.lower()] = str(value)
            case "SORT":
                sort = 100 if empty(value) else integer(value)
                if sort is None:
                    raise PortalError(error, "SORT must be an integer")
                values["sort"] = sort
            case "SETTINGS":
                if not isinstance(value, dict):
                    raise PortalError(error, "SETTINGS must be an object")
                values["settings"] = value
            case _:
                raise PortalError(error, f"Handler has no field {name}")
    return values
