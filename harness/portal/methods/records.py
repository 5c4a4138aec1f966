"""What sale.persontype, sale.order and sale.payment have in common: camelCase records in pages."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, func, select

from ...store.models import Table
from ..call import Call, Page
from ..errors import PortalError, check_failure
from ..parameters import AMOUNT, integer
from ..selection import UnknownField, conditions, ordering, selected

PAGE_SIZE = 50


def camel_case(table: type[Table], but: Iterable[str] = ()) -> dict[str, ColumnElement[Any]]:
    """A table's columns by the names that these methods give them: order_id -> orderId."""

    def outer(name: str) -> str:
        first, *rest = name.split("_")
        return first + "".join(part.capitalize() for part in rest)

    return {outer(each.name): each for each in table.__table__.columns if each.name not in but}


def page(
    call: Call,
    name: str,
    fields: dict[str, ColumnElement[Any]],
    base: ColumnElement[bool],
    money: frozenset[str],
) -> Page:
    """`select`, `filter`, `order` and `start` of a list method: {name: [record, ...]}."""
    params = call.params
    # The platform takes the names of its own tables as well (ID, ORDER_ID), and official and
    # other clients rely on it.
    own_names = {column.name.upper(): name for name, column in fields.items()}
    known = fields | {own: fields[name] for own, name in own_names.items()}
    try:
        names = selected(params.get("select"), known if params.get("select") else fields)
        where = [base, *conditions(params.get("filter"), known)]
        order = ordering(params.get("order"), known)
    except UnknownField as error:
        raise check_failure(str(error)) from error
    names = [own_names.get(each, each) for each in names]
    start = max(0, integer(params.get("start")) or 0)
    columns = [fields[each] for each in names]
    rows = select(*columns).where(*where).order_by(*order, fields["id"])
    with call.store.read() as session:
        total = session.scalar(select(func.count()).select_from(fields["id"].table).where(*where))
        found = session.execute(rows.limit(PAGE_SIZE).offset(start)).all()
    records = [record(names, row, money) for row in found]
    following = start + PAGE_SIZE
    return Page({name: records}, total or 0, following if following < (total or 0) else None)


def record(names: Iterable[str], values: Iterable[Any], money: frozenset[str]) -> dict[str, Any]:
    """A row as these methods print it: times in ISO 8601, sums as numbers."""
    return {
        name: number(value) if name in money else _plain(value)
        for name, value in zip(names, values, strict=True)
    }


def number(value: str | None) -> Decimal | None:
    """A decimal as a JSON number without trailing zeros and without an exponent."""
    if value is None:
        return None
    whole, _, fraction = value.partition(".")
    fraction = fraction.rstrip("0")
    return Decimal(f"{whole}.{fraction}" if fraction else whole)


def required_id(call: Call) -> Any:
    """Parameter `id`. Raises PortalError where it is missing."""
    value = call.params.get("id")
    if value in (None, ""):
        raise PortalError("100", "Could not find value for parameter {id}")
    return value


def given_fields(call: Call, required: Iterable[str] = ()) -> dict[str, Any]:
    """Parameter `fields`, an object with what is required. Raises PortalError."""
    fields = call.params.get("fields")
    if not isinstance(fields, dict):
        raise PortalError("100", "Could not find value for parameter {fields}")
    if missing := [name for name in required if fields.get(name) in (None, "")]:
        raise PortalError("0", f"Required fields: {', '.join(missing)}")
    return fields


def stored(name: str, value: Any, column: ColumnElement[Any], money: frozenset[str]) -> Any:
    """A field's value as its column holds it. Raises PortalError where it cannot."""
    wrong = PortalError("0", f"Field {name} has a value that cannot be stored")
    if value is None or isinstance(value, dict | list):
        raise wrong
    kind = column.type.python_type
    text = str(value)
    if name in money:
        if not AMOUNT.fullmatch(text):
            raise wrong
        return text
    try:
        if kind is datetime:
            return datetime.fromisoformat(text).astimezone()
        if kind is date:
            return datetime.fromisoformat(text).date()
    except (ValueError, OverflowError):
        raise wrong from None
    if kind is int:
        whole = integer(value)
        if whole is None:
            raise wrong
        return whole
    length = getattr(column.type, "length", None)
    if length and len(text) > length:
        raise wrong
    return text


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime | date) else value
