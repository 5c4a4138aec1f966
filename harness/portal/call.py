"""What a method gets: who calls, with which parameters, on which database."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ..store.database import Store


@dataclass(frozen=True)
class Caller:
    user_id: int
    scopes: frozenset[str]
    application: str | None
    administrator: bool


@dataclass(frozen=True)
class Call:
    """The top-level keys of `params` are in upper case: their case does not matter."""

    params: dict[str, Any]
    caller: Caller
    store: Store


@dataclass(frozen=True)
class Method:
    """A REST method: its full name, the scope it needs, and the function that answers.

    The function returns what stands under "result". It raises PortalError.
    """

    name: str
    scope: str
    answer: Callable[[Call], Any]
