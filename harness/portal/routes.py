"""The endpoints under /rest, and the web view beside them."""

import time
from datetime import UTC, datetime
from typing import Any

from anyio import CapacityLimiter, to_thread
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ..printable import mask
from ..store.database import Store
from . import view
from .auth import load_tokens, presented_token
from .call import Options
from .dispatch import Arrival, Portal, answer, unexpected
from .envelope import FORMATS, failure, success, to_json
from .errors import PortalError
from .log import Entry, shorten
from .methods import METHODS
from .parameters import read_parameters

BRIEF = frozenset(name for name, method in METHODS.items() if method.brief)
THREADS = 4
"""Calls that are carried out at the same time; more would only wait for the database's lock."""


def routes(store: Store, options: Options | None = None) -> list[Route]:
    """Routes of a portal on a database: /rest/... and /portal."""
    portal = Portal(store, options or Options())
    threads = CapacityLimiter(THREADS)

    async def rest(request: Request) -> Response:
        start = time.time()
        name, kind = _method(request.path_params["method"])
        given = await read_parameters(request)
        arrival = Arrival(
            name=name,
            address=request.client.host if request.client else "",
            secure=request.url.scheme == "https",
            token=presented_token(request.path_params, request.headers, given.values),
            user_id=request.path_params.get("user_id"),
            start=start,
        )
        if name in BRIEF:
            content, status = _content(portal, arrival, given.values)
        else:
            content, status = await to_thread.run_sync(
                _content, portal, arrival, given.values, limiter=threads
            )
        media_type, written = FORMATS[kind]
        body = written(content)
        portal.calls.add(
            Entry(
                number=portal.calls.next_number(),
                moment=datetime.fromtimestamp(start, UTC),
                verb=request.method,
                method=_shown_name(store, name),
                token=mask(arrival.token) if arrival.token else "",
                kind=request.headers.get("content-type", ""),
                request=shorten(to_json(given.values)),
                answer=shorten(body),
                status=status,
                error=content.get("error", ""),
                text=content.get("error_description", ""),
                seconds=time.time() - start,
                problem=given.problem,
                warnings=tuple(arrival.warnings),
            )
        )
        return Response(body, status, headers={"content-type": media_type})

    methods = ["GET", "POST"]
    return [
        Route("/rest/{user_id}/{webhook}/{method}", rest, methods=methods),
        Route("/rest/{method}", rest, methods=methods),
        *view.routes(portal),
    ]


def _content(
    portal: Portal, arrival: Arrival, params: dict[str, Any]
) -> tuple[dict[str, Any], int]:
    """The envelope of an answer or of an error, and its status: the one place that makes them."""
    try:
        return success(answer(portal, arrival, params)), 200
    except PortalError as error:
        refusal = error
    except Exception as error:
        refusal = unexpected(arrival.name, error)
    return failure(refusal), refusal.status


def _shown_name(store: Store, name: str) -> str:
    """A method's name. Who forgets the user's ID has a token in its place."""
    if name in METHODS:
        return name
    tokens = {code.lower() for code in store.cached(load_tokens)}
    return mask(name) if name in tokens else name


def _method(name: str) -> tuple[str, str]:
    """A method's name in lower case, and the format that is asked for."""
    name = name.lower()
    for kind in FORMATS:
        if name.endswith(f".{kind}"):
            return name.removesuffix(f".{kind}"), kind
    return name, "json"
