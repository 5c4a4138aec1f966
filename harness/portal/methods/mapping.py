"""The mappings of a payment system's parameters: code -> {TYPE, VALUE}."""

from typing import Any

from sqlalchemy.orm import Session

from ...store.models import ParameterMapping
from ..errors import PortalError


def set_mappings(
    session: Session, pay_system_id: int, person_type_id: int, settings: Any, error: str
) -> None:
    """Set what `settings` names and leave the rest. An empty TYPE takes the mapping away.

    Raises PortalError with the code `error`.
    """
    if not isinstance(settings, dict):
        raise PortalError(error, "SETTINGS must be an object")
    for code, entry in settings.items():
        kind, value = _pair(code, entry, error)
        key = (pay_system_id, person_type_id, code)
        found = session.get(ParameterMapping, key)
        if not kind:
            if found:
                session.delete(found)
        elif found:
            found.type, found.value = kind, value
        else:
            session.add(
                ParameterMapping(
                    pay_system_id=pay_system_id,
                    person_type_id=person_type_id,
                    code=code,
                    type=kind,
                    value=value,
                )
            )


def _pair(code: str, entry: Any, error: str) -> tuple[str, str]:
    """TYPE and VALUE. Raises PortalError where they are not plain values."""
    if not isinstance(entry, dict):
        raise PortalError(error, f"SETTINGS[{code}] must be an object of TYPE and VALUE")
    kind, value = entry.get("TYPE"), entry.get("VALUE")
    if isinstance(kind, dict | list) or isinstance(value, dict | list):
        raise PortalError(error, f"SETTINGS[{code}]: TYPE and VALUE must be strings")
    return "" if kind is None else str(kind), "" if value is None else str(value)
