"""SELECT, FILTER and ORDER of the list methods, as SQL.

`Fields` are the names that a method knows, with their columns.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Integer, false, or_, true

from ..store.models import UtcDateTime
from .parameters import integer

Fields = Mapping[str, ColumnElement[Any]]
Condition = Callable[[ColumnElement[Any], Any], ColumnElement[bool]]

PREFIXED = re.compile(r"(!@|!=%|!%=|!%|!=|!|=%|%=|>=|<=|>|<|=|@|%)?(.*)", re.DOTALL)


class UnknownField(Exception):
    """Names that are no fields; `role` is select, filter or order."""

    def __init__(self, names: Iterable[str], role: str) -> None:
        super().__init__(f"{', '.join(names)} not allowed for {role}")


def selected(select: Any, fields: Fields) -> list[str]:
    """The names to answer with: those asked for, all where none is. Raises UnknownField."""
    names = [str(name) for name in _values(select)]
    if "*" in names or not names:
        return list(fields)
    _check(names, fields, "select")
    return names


def conditions(given: Any, fields: Fields) -> list[ColumnElement[bool]]:
    """FILTER: `prefix + field` -> value. Raises UnknownField."""
    if not isinstance(given, dict):
        return []
    split = [(*_split(str(key)), value) for key, value in given.items()]
    _check((name for _, name, _ in split), fields, "filter")
    return [CONDITIONS[prefix](fields[name], value) for prefix, name, value in split]


def ordering(order: Any, fields: Fields) -> list[ColumnElement[Any]]:
    """ORDER: field -> ASC or DESC. Raises UnknownField."""
    if not isinstance(order, dict):
        return []
    _check(order, fields, "order")
    return [
        fields[name].desc() if str(direction).upper() == "DESC" else fields[name].asc()
        for name, direction in order.items()
    ]


def _split(key: str) -> tuple[str, str]:
    match = PREFIXED.fullmatch(key)
    assert match
    return match[1] or "=", match[2]


def _check(names: Iterable[str], fields: Fields, role: str) -> None:
    if unknown := [name for name in names if name not in fields]:
        raise UnknownField(unknown, role)


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
        return integer(value)
    if isinstance(column.type, UtcDateTime):
        try:
            return datetime.fromisoformat(str(value)).astimezone()
        except (ValueError, OverflowError):
            return None
    return str(value)


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
    parts = [column.contains(str(each), autoescape=True) for each in _values(value)]
    return or_(false(), *parts)


def _like(column: ColumnElement[Any], value: Any) -> ColumnElement[bool]:
    return or_(false(), *(column.like(str(each)) for each in _values(value)))


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
