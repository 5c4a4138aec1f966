"""Whatever comes under /rest: every path and every verb gets an answer in the format asked for."""

import re
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

from anyio import CapacityLimiter, to_thread
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from payframe.database_file import StoreGoneError

from ..printable import mask, mask_tokens
from ..store.database import Store
from .auth import load_tokens, presented_token
from .call import MethodAnswer
from .dispatch import PortalState, RestRequest, answer, unexpected
from .envelope import FORMATS, failure, failure_of_version_3, success, to_json
from .errors import PortalError, invalid_request, system_error
from .log import Entry, shorten
from .methods import METHODS
from .parameters import Parameters, Problem, read_parameters
from .paths import RestPath, parse_path

BRIEF = frozenset(name for name, method in METHODS.items() if method.brief)
THREADS = 4
"""Calls that are carried out at the same time; more would only wait for the database's lock."""
VERBS = ("GET", "HEAD", "POST", "OPTIONS")
CORS = {
    "access-control-allow-origin": "*",
    "access-control-allow-headers": "origin, content-type, accept",
    "access-control-allow-methods": ", ".join(VERBS),
}
"""For applications, which call from an origin of their own."""


def rest_route(portal: PortalState) -> Route:
    route = Route("/rest{path:path}", RestEndpoint(portal))
    # Starlette's own expression takes no line break.
    route.path_regex = re.compile(r"^/rest(?P<path>(/.*)?)$", re.DOTALL)
    return route


class RestEndpoint:
    """An application of its own, since a function would be given some verbs only."""

    def __init__(self, portal: PortalState) -> None:
        self._portal = portal
        self._threads = CapacityLimiter(THREADS)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        response = await self._respond(Request(scope, receive))
        await response(scope, receive, send)

    async def _respond(self, request: Request) -> Response:
        if request.method == "OPTIONS":
            return Response(status_code=204, headers=CORS)
        start = time.time()
        path = parse_path(request.scope["path"])
        given = Parameters({})
        call: RestRequest | None = None
        outcome: MethodAnswer | PortalError
        try:
            if request.method not in VERBS:
                raise invalid_request(f"{request.method} is not allowed: use GET or POST", 405)
            given = await read_parameters(request)
            call = _call(request, path, given, start)
            _check(path)
            outcome = await self._outcome(call, given.values)
        except PortalError as error:
            outcome = error
        except HTTPException as error:
            given = Parameters({}, Problem(error.detail))
            outcome = invalid_request(error.detail, error.status_code)
        status, body = _written(path, outcome)
        hide = _hiding(self._portal.store, call.token if call else None)
        refused = outcome if isinstance(outcome, PortalError) else None
        self._portal.calls.add(
            Entry(
                number=self._portal.calls.next_number(),
                moment=datetime.fromtimestamp(start, UTC),
                verb=request.method,
                method=_shown_name(self._portal.store, path.name),
                address=hide(str(request.url)),
                client=request.client.host if request.client else "",
                headers={name: hide(value) for name, value in request.headers.items()},
                token=mask(call.token) if call and call.token else "",
                request=shorten(to_json(given.values)),
                answer=shorten(body),
                status=status,
                error=refused.code if refused else "",
                text=refused.text if refused else "",
                seconds=time.time() - start,
                problem=given.problem,
                warnings=tuple(call.warnings) if call else (),
            )
        )
        headers = CORS | {"content-type": FORMATS[path.format][0]}
        if status == 405:
            headers["allow"] = ", ".join(VERBS)
        return Response(body, status, headers=headers)

    async def _outcome(
        self, call: RestRequest, params: dict[str, Any]
    ) -> MethodAnswer | PortalError:
        if call.name in BRIEF:
            return _carried_out(self._portal, call, params)
        return await to_thread.run_sync(
            _carried_out, self._portal, call, params, limiter=self._threads
        )


def _call(request: Request, path: RestPath, given: Parameters, start: float) -> RestRequest:
    return RestRequest(
        name=path.name,
        address=request.client.host if request.client else "",
        secure=request.url.scheme == "https",
        token=path.webhook or presented_token(request.headers, given.values),
        user_id=path.user_id,
        start=start,
    )


def _check(path: RestPath) -> None:
    """Raises PortalError for a path that no method has."""
    if path.version == 3:
        raise PortalError(
            "BITRIX_REST_V3_EXCEPTION_METHODNOTFOUNDEXCEPTION",
            f"Method {path.name} was not found",
            404,
        )
    if not path.known:
        raise system_error("ERROR_METHOD_NOT_FOUND")


def _carried_out(
    portal: PortalState, call: RestRequest, params: dict[str, Any]
) -> MethodAnswer | PortalError:
    """The one place that errors of methods end in."""
    try:
        return answer(portal, call, params)
    except PortalError as error:
        return error
    except Exception as error:
        return unexpected(call.name, error)


def _written(path: RestPath, outcome: MethodAnswer | PortalError) -> tuple[int, str]:
    _, write = FORMATS[path.format]
    if isinstance(outcome, MethodAnswer):
        return 200, write(success(outcome))
    form = failure_of_version_3 if path.version == 3 else failure
    return outcome.status, write(form(outcome))


def _hiding(store: Store, presented: str | None) -> Callable[[str], str]:
    """What masks, in a text of the request, every token that there is and the one it came with."""
    patterns = [_any_of([presented])] if presented else []
    # Without a database there is an answer, too.
    with suppress(OperationalError, StoreGoneError):
        patterns.append(store.cached(_known_tokens))

    def hide(text: str) -> str:
        for pattern in patterns:
            text = pattern.sub(lambda found: mask(found[0]), text)
        return mask_tokens(text)

    return hide


def _known_tokens(session: Session) -> re.Pattern[str]:
    return _any_of(load_tokens(session))


def _any_of(tokens: Iterable[str]) -> re.Pattern[str]:
    """Matches each of those that are long enough not to be found by chance."""
    long = [re.escape(token) for token in tokens if len(token) > 8]
    return re.compile("|".join(long) or "(?!)", re.IGNORECASE)


def _shown_name(store: Store, name: str) -> str:
    """A method's name. Who forgets the user's ID has a token in its place."""
    if name in METHODS:
        return name
    tokens = {code.lower() for code in store.cached(load_tokens)}
    return mask(name) if name in tokens else name
