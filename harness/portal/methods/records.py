"""What sale.persontype, sale.order and sale.payment have in common: camelCase records in pages."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Numeric, cast, func, select
from sqlalchemy.orm import Session

from ...store.models import Table
from ..call import MethodCall, ResultPage
from ..errors import PortalError, check_failure
from ..parameters import AMOUNT, integer, whole_number, yes_no
from ..selection import TooManyValuesError, conditions, ordering, selected
from .fields import Field, Fields, own_name

PAGE_SIZE = 50


def page(call: MethodCall, name: str, fields: Fields, base: ColumnElement[bool]) -> ResultPage:
    """`select`, `filter`, `order` and `start` of a list method: {name: [record, ...]}.

    Unknown names are passed over. `start` is rounded down to a page; -1 asks for no count.
    """
    params = call.params
    columns = {each: _comparable(field) for each, field in fields.items()}
    # The platform takes the names of its own tables as well (ID, ORDER_ID), and official and
    # other clients rely on it.
    own_names = {own_name(each): each for each in fields}
    known = columns | {own: columns[each] for own, each in own_names.items()}
    asked = selected(params.get("select"), known, strict=False)
    names = [own_names.get(each, each) for each in asked] or list(fields)
    try:
        where = [base, *conditions(params.get("filter"), known, strict=False)]
    except TooManyValuesError as error:
        raise check_failure(str(error)) from error
    order = ordering(params.get("order"), known, strict=False)
    start = whole_number(params.get("start")) or 0
    offset = max(0, start) // PAGE_SIZE * PAGE_SIZE
    asked_columns = [fields[each].column for each in names]
    rows = select(*asked_columns).where(*where).order_by(*order, columns["id"])
    with call.store.read() as session:
        found = session.execute(rows.limit(PAGE_SIZE).offset(offset)).all()
        total = session.scalar(select(func.count(columns["id"])).where(*where)) or 0
    records = [record({each: fields[each] for each in names}, row) for row in found]
    if start < 0:
        return ResultPage({name: records}, None, None)
    following = offset + PAGE_SIZE
    return ResultPage({name: records}, total, following if following < total else None)


def _comparable(field: Field) -> ColumnElement[Any]:
    """A sum is stored as its digits and compared as a number."""
    return cast(field.column, Numeric) if field.kind.type == "double" else field.column


def read(session: Session, fields: Fields, where: ColumnElement[bool]) -> list[dict[str, Any]]:
    """Records as they are stored now."""
    session.flush()
    columns = [field.column for field in fields.values()]
    rows = session.execute(select(*columns).where(where).order_by(fields["id"].column))
    return [record(fields, row) for row in rows]


def record(fields: Fields, row: Iterable[Any]) -> dict[str, Any]:
    """A row as these methods print it: times with whole seconds, sums as numbers."""
    return {
        name: _printed(field, value)
        for (name, field), value in zip(fields.items(), row, strict=True)
    }


def number(value: str) -> Decimal:
    """A decimal as a JSON number without trailing zeros and without an exponent."""
    whole, _, fraction = value.partition(".")
    fraction = fraction.rstrip("0")
    return Decimal(f"{whole}.{fraction}" if fraction else whole)


def required_id(call: MethodCall) -> Any:
    """Parameter `id`. Raises PortalError where it is missing."""
    value = call.params.get("id")
    if value in (None, ""):
        raise PortalError("100", "Could not find value for parameter {id}")
    return value


def given_fields(call: MethodCall, required: Fields | None = None) -> dict[str, Any]:
    """Parameter `fields`, an object with those of `required` that are. Raises PortalError."""
    fields = call.params.get("fields")
    if not isinstance(fields, dict):
        raise PortalError("100", "Could not find value for parameter {fields}")
    needed = [name for name, field in (required or {}).items() if field.kind.required]
    if missing := [name for name in needed if fields.get(name) in (None, "")]:
        raise PortalError("0", f"Required fields: {', '.join(missing)}")
    return fields


def written(
    given: Mapping[str, Any], fields: Fields, *, new: bool, but: Iterable[str] = ()
) -> Iterator[tuple[str, Any]]:
    """Attribute and value of each given field that can be written.

    The platform passes over the others. `but` are those that a method looks at itself.
    Raises PortalError for a value that cannot be stored.
    """
    for name, field in fields.items():
        writable = not field.kind.read_only and (new or not field.kind.immutable)
        if name in given and writable and name not in but:
            yield str(field.column.key), stored(name, given[name], field)


def set_fields(row: Table, values: Iterable[tuple[str, Any]]) -> set[str]:
    """The attributes whose value is another one now."""
    changed = {name: value for name, value in values if getattr(row, name) != value}
    for name, value in changed.items():
        setattr(row, name, value)
    return set(changed)


def stored(name: str, value: Any, field: Field) -> Any:
    """A field's value as its column holds it. Raises PortalError where it cannot."""
    wrong = PortalError("0", f"Field {name} has a value that cannot be stored")
    column = field.column
    length = getattr(column.type, "length", None)
    if value is None and getattr(column, "nullable", False):
        return None
    if isinstance(value, dict | list):
        raise wrong
    match field.kind.type:
        case "integer":
            converted: Any = integer(value)
        case "double":
            converted = str(value) if AMOUNT.fullmatch(str(value)) else None
        case "datetime":
            converted = _moment(value)
        case _ if column.type.python_type is int:
            converted = integer(value)
        case _ if length == 1:
            converted = yes_no(value)
        case _:
            converted = "" if value is None else str(value)
            if (length and len(converted) > length) or "\0" in converted:
                converted = None
    if converted is None:
        raise wrong
    return converted


def _moment(value: Any) -> datetime | None:
    try:
        return datetime.fromisoformat(str(value)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _printed(field: Field, value: Any) -> Any:
    if value is None:
        return None
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    match field.kind.type:
        case "double":
            return number(value)
        case "string":
            return str(value)
        case _:
            return value
