"""SELECT, FILTER and ORDER of the list methods, as SQL.

`Fields` are the names that a method knows, with their columns.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Integer, Numeric, Text, false, or_, true

from ..store.models import UtcDateTime
from .parameters import AMOUNT, LARGEST_INTEGER, whole_number, yes_no

Fields = Mapping[str, ColumnElement[Any]]
Condition = Callable[[ColumnElement[Any], Any], ColumnElement[bool]]

MAX_VALUES = 500
"""Values in one FILTER; databases take so many alternatives and not a thousand."""
LONGEST_PATTERN = 5_000
"""Characters that a text is searched for; SQLite searches for no more than 50,000 bytes."""

PREFIXED = re.compile(r"(!@|!=%|!%=|!%|!=|!|=%|%=|>=|<=|>|<|=|@|%)?(.*)", re.DOTALL)


class TooManyValuesError(Exception):
    def __init__(self) -> None:
        super().__init__(f"More than {MAX_VALUES} values in filter")


class UnknownFieldError(Exception):
    """Names that are no fields; `role` is select, filter or order."""

    def __init__(self, names: Iterable[str], role: str) -> None:
        super().__init__(f"{', '.join(names)} not allowed for {role}")


def selected(select: Any, fields: Fields, *, strict: bool) -> list[str]:
    """The names that are asked for, none where all are. Raises UnknownFieldError if strict.

    Where it is not strict, names that are no fields are passed over, here and below.
    """
    names = [str(name) for name in _values(select)]
    return [] if "*" in names else _known(names, fields, "select", strict)


def conditions(given: Any, fields: Fields, *, strict: bool) -> list[ColumnElement[bool]]:
    """FILTER: `prefix + field` -> value. Raises UnknownFieldError, TooManyValuesError."""
    if not isinstance(given, dict):
        return []
    split = [(*_split(str(key)), value) for key, value in given.items()]
    known = _known([name for _, name, _ in split], fields, "filter", strict)
    asked = [each for each in split if each[1] in known]
    if sum(len(_values(value)) for _, _, value in asked) > MAX_VALUES:
        raise TooManyValuesError
    return [CONDITIONS[prefix](fields[name], value) for prefix, name, value in asked]


def ordering(order: Any, fields: Fields, *, strict: bool) -> list[ColumnElement[Any]]:
    """ORDER: field -> ASC or DESC. Raises UnknownFieldError."""
    if not isinstance(order, dict):
        return []
    return [
        fields[name].desc() if str(order[name]).upper() == "DESC" else fields[name].asc()
        for name in _known(order, fields, "order", strict)
    ]


def _split(key: str) -> tuple[str, str]:
    match = PREFIXED.fullmatch(key)
    assert match
    return match[1] or "=", match[2]


def _known(names: Iterable[str], fields: Fields, role: str, strict: bool) -> list[str]:
    names = list(dict.fromkeys(names))
    if strict and (unknown := [name for name in names if name not in fields]):
        raise UnknownFieldError(unknown, role)
    return [name for name in names if name in fields]


def _values(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return list(value.values())
    if isinstance(value, list):
        return value
    return [] if value is None else [value]


def _typed(column: ColumnElement[Any], value: Any) -> Any:
    """A value as its column holds it; None where it cannot be one of that type."""
    if isinstance(value, dict | list):
        return None
    if isinstance(column.type, Integer):
        number = whole_number(value)
        # One beyond what the column holds compares as the last that it does.
        return None if number is None else max(-LARGEST_INTEGER, min(LARGEST_INTEGER, number))
    if isinstance(column.type, Numeric):
        return float(str(value)) if AMOUNT.fullmatch(str(value)) else None
    if isinstance(column.type, UtcDateTime):
        try:
            return datetime.fromisoformat(str(value)).astimezone()
        except (ValueError, OverflowError):
            return None
    if getattr(column.type, "length", None) == 1:
        return yes_no(value)
    text = str(value)
    return None if "\0" in text else text


def _equal(column: ColumnElement[Any], value: Any) -> ColumnElement[bool]:
    if value is None:
        return column.is_(None)
    typed = [each for each in (_typed(column, v) for v in _values(value)) if each is not None]
    return column.in_(typed) if typed else false()


def _unequal(column: ColumnElement[Any], value: Any) -> ColumnElement[bool]:
    if value is None:
        return column.is_not(None)
    typed = [each for each in (_typed(column, v) for v in _values(value)) if each is not None]
    return or_(column.not_in(typed), column.is_(None)) if typed else true()


def _comparing(operator: str) -> Condition:
    def condition(column: ColumnElement[Any], value: Any) -> ColumnElement[bool]:
        typed = _typed(column, value)
        return false() if typed is None else column.op(operator, is_comparison=True)(typed)

    return condition


def _contains(column: ColumnElement[Any], value: Any) -> ColumnElement[bool]:
    texts = [column.cast(Text).contains(each, autoescape=True) for each in _patterns(value)]
    return or_(false(), *texts)


def _like(column: ColumnElement[Any], value: Any) -> ColumnElement[bool]:
    return or_(false(), *(column.cast(Text).like(each) for each in _patterns(value)))


def _patterns(value: Any) -> list[str]:
    """Texts to search for. One that is longer than what a database searches for is nowhere."""
    texts = [str(each) for each in _values(value) if not isinstance(each, dict | list)]
    return [text for text in texts if len(text) <= LONGEST_PATTERN and "\0" not in text]


def _not(condition: Condition) -> Condition:
    return lambda column, value: ~condition(column, value)


CONDITIONS: dict[str, Condition] = {
    "=": _equal,
    "@": _equal,
    "!": _unequal,
    "!=": _unequal,
    "!@": _unequal,
    ">": _comparing(">"),
    ">=": _comparing(">="),
    "<": _comparing("<"),
    "<=": _comparing("<="),
    "%": _contains,
    "!%": _not(_contains),
    "=%": _like,
    "%=": _like,
    "!=%": _not(_like),
    "!%=": _not(_like),
}
