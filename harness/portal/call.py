"""What a method gets: who calls, with which parameters, on which database."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from ..store.database import Store


@dataclass(frozen=True)
class Caller:
    """Who calls. `key` tells clients apart in limits; `application` is None for a webhook."""

    key: str
    user_id: int
    scopes: frozenset[str]
    application: str | None
    administrator: bool
    orders: bool


@dataclass(frozen=True)
class Options:
    """What portal this is.

    `limits` is off, standard or enterprise; `strict_https` refuses plain http; `plain_settings`
    makes sale.paysystem.settings.get answer with plain values, as the vendor's example has it;
    without `invoices` the portal has no CRM, and invoices cannot be paid.
    """

    limits: Literal["off", "standard", "enterprise"] = "off"
    strict_https: bool = False
    plain_settings: bool = False
    invoices: bool = True


@dataclass(frozen=True)
class ResultPage:
    """A result in pages of 50: the envelope carries `total`, and `next` if there is more.

    `next` is the `start` that gets the following page. Both are None where nobody wants a count.
    """

    result: Any
    total: int | None
    next: int | None


@dataclass(frozen=True)
class MethodAnswer:
    """What a method returned, with the `time` part of its envelope."""

    result: Any
    timing: dict[str, Any]
    total: int | None = None
    next: int | None = None


@dataclass(frozen=True)
class MethodCall:
    """The case of the keys in `params` is as the method's `keys` says.

    A method adds to `warnings` what the platform would do without a word and the caller can
    hardly want. `perform` carries out another method for the same caller (batch needs it).
    """

    params: dict[str, Any]
    caller: Caller
    store: Store
    methods: Mapping[str, "Method"]
    perform: Callable[[str, dict[str, Any]], MethodAnswer]
    options: Options
    warnings: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Method:
    """A REST method: its full name, the scope it needs, and the function that answers.

    The function returns what stands under "result", or a ResultPage. It raises PortalError.

    `rights` is what the caller's user must be allowed. `keys` is how far the case of parameter
    names does not matter: not at all, at the top level, or at every level; where it does not,
    the function gets them in upper case.

    A `brief` method reads a few rows and never waits for a lock: it is not worth a thread.
    """

    name: str
    scope: str
    answer: Callable[[MethodCall], Any]
    rights: Literal["none", "orders", "administrator"] = "none"
    keys: Literal["exact", "top", "deep"] = "exact"
    brief: bool = False
