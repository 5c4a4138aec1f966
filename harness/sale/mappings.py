"""Which mapping gives a handler's parameter its value.

First that applies: the mapping of the payment system for the payer type, its mapping for all
payer types, the parameter's DEFAULT, none.
"""

from typing import Any, Literal, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..store.models import ParameterMapping

Origin = Literal["payer type", "all payer types", "default", "none"]


class Mapping(NamedTuple):
    """`type` is a provider, VALUE, INPUT or Y/N; both are empty where nothing is mapped."""

    type: str
    value: str
    origin: Origin


NO_MAPPING = Mapping("", "", "none")


def mappings_of(
    session: Session, pay_system_id: int, person_type_id: int, codes: dict[str, Any]
) -> dict[str, Mapping]:
    """The mapping of each of a handler's CODES, in their order."""
    rows = session.scalars(
        select(ParameterMapping).where(
            ParameterMapping.pay_system_id == pay_system_id,
            ParameterMapping.person_type_id.in_((0, person_type_id)),
        )
    )
    found = {(row.person_type_id, row.code): row for row in rows}

    def mapping(code: str, parameter: Any) -> Mapping:
        if own := found.get((person_type_id, code)):
            origin: Origin = "payer type" if person_type_id else "all payer types"
            return Mapping(own.type, own.value, origin)
        if for_all := found.get((0, code)):
            return Mapping(for_all.type, for_all.value, "all payer types")
        return _default(parameter)

    return {code: mapping(code, parameter) for code, parameter in codes.items()}


def _default(parameter: Any) -> Mapping:
    """DEFAULT of a parameter: PROVIDER_KEY, and PROVIDER_VALUE that may be missing."""
    given = parameter.get("DEFAULT") if isinstance(parameter, dict) else None
    if not isinstance(given, dict):
        return NO_MAPPING
    key, value = given.get("PROVIDER_KEY"), given.get("PROVIDER_VALUE")
    return Mapping(_text(key), _text(value), "default")


def _text(value: Any) -> str:
    return "" if value is None else str(value)
