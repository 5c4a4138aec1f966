"""From a method's name and parameters to its answer: the checks that come before any method."""

import logging
import time
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.exc import OperationalError

from payframe.database_file import StoreGoneError

from ..store.database import Store
from .auth import allow, authenticate, load_tokens
from .call import Caller, MethodAnswer, MethodCall, Options, ResultPage
from .envelope import timing
from .errors import PortalError, system_error
from .faults import due_fault, list_faults
from .limits import PLANS, OperatingTime, RequestLimit
from .log import CallLog
from .methods import METHODS
from .parameters import upper_keys

log = logging.getLogger("payframe.portal")


class PortalState:
    """A portal's state: its database, and what it keeps in memory of calls and their times."""

    def __init__(self, store: Store, options: Options, calls: CallLog | None = None) -> None:
        self.store = store
        self.options = options
        self.calls = calls or CallLog()
        self.requests = RequestLimit(PLANS.get(options.limits))
        self.operating = OperatingTime(blocks=options.limits != "off")


@dataclass(frozen=True)
class RestRequest:
    """What of an HTTP request the checks need. `start` is when it came, epoch seconds."""

    name: str
    address: str
    secure: bool
    token: str | None
    user_id: str | None
    start: float
    warnings: list[str] = field(default_factory=list)


def answer(portal: PortalState, request: RestRequest, params: dict[str, Any]) -> MethodAnswer:
    """Carry out a request. Raises PortalError."""
    if fault := due_fault(
        portal.store, portal.store.cached(list_faults), request.name, in_batch=False
    ):
        raise fault
    if portal.options.strict_https and not request.secure:
        raise system_error("INVALID_REQUEST")
    portal.requests.count(request.address)
    caller = authenticate(portal.store.cached(load_tokens), request.token, request.user_id)
    return _perform(portal, request, caller, request.name, params)


def _perform(
    portal: PortalState, request: RestRequest, caller: Caller, name: str, params: dict[str, Any]
) -> MethodAnswer:
    method = METHODS.get(name)
    if method is None:
        raise system_error("ERROR_METHOD_NOT_FOUND")
    allow(caller, method)
    portal.operating.check(caller.key, name)

    def perform(name: str, params: dict[str, Any]) -> MethodAnswer:
        if fault := due_fault(portal.store, portal.store.cached(list_faults), name, in_batch=True):
            raise fault
        try:
            return _perform(portal, request, caller, name, params)
        except PortalError:
            raise
        except Exception as error:
            # One broken command must not take the others' answers with it.
            raise unexpected(name, error) from error

    call = MethodCall(
        params=upper_keys(params, method.keys),
        caller=caller,
        store=portal.store,
        methods=METHODS,
        perform=perform,
        options=portal.options,
        warnings=request.warnings,
    )
    begin = time.time()
    clock = time.perf_counter()
    try:
        result = method.answer(call)
    finally:
        operating, reset_at = portal.operating.add(caller.key, name, time.perf_counter() - clock)
    times = timing(request.start, begin, operating, reset_at)
    if isinstance(result, ResultPage):
        return MethodAnswer(result.result, times, result.total, result.next)
    return MethodAnswer(result, times)


def unexpected(name: str, error: Exception) -> PortalError:
    """A failure of the portal itself, put in the log with what caused it."""
    if isinstance(error, StoreGoneError):
        return PortalError("INTERNAL_SERVER_ERROR", str(error), 503)
    if isinstance(error, OperationalError):
        log.error("%s: the database gave no answer: %s", name, error.orig)
    else:
        log.exception("%s failed", name, exc_info=error)
    return system_error("INTERNAL_SERVER_ERROR")
