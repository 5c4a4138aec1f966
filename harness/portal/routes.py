"""The endpoints under /rest, and the envelope around every answer."""

import logging
import time
from datetime import datetime
from typing import Any

import simplejson
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ..store.database import Store
from . import errors
from .auth import authenticate, presented_token
from .call import Call
from .errors import PortalError
from .methods import METHODS
from .parameters import read_parameters

log = logging.getLogger("payframe.portal")


def routes(store: Store) -> list[Route]:
    async def rest(request: Request) -> Response:
        start = time.time()
        name = request.path_params["method"]
        try:
            params = await read_parameters(request)
            begin = time.time()
            result = await run_in_threadpool(_answer, request, params)
            content: dict[str, Any] = {"result": result, "time": _timing(start, begin)}
            status = 200
        except PortalError as error:
            content = {"error": error.code, "error_description": error.text}
            status = error.status
        except Exception:
            log.exception("%s failed", name)
            failure = errors.internal()
            content = {"error": failure.code, "error_description": failure.text}
            status = failure.status
        log.info("%s -> %s %s", name, status, content.get("error", ""))
        # simplejson writes a Decimal as the number it is, without a float in between.
        body = simplejson.dumps(content, use_decimal=True, ensure_ascii=False)
        return Response(body, status, media_type="application/json")

    def _answer(request: Request, params: dict[str, Any]) -> Any:
        method = METHODS.get(request.path_params["method"].lower().removesuffix(".json"))
        caller = authenticate(
            store, presented_token(request, params), request.path_params.get("user_id")
        )
        if method is None:
            raise errors.method_not_found()
        if method.scope not in caller.scopes:
            raise errors.insufficient_scope()
        return method.answer(Call(params, caller, store))

    methods = ["GET", "POST"]
    return [
        Route("/rest/{user_id:int}/{webhook}/{method}", rest, methods=methods),
        Route("/rest/{method}", rest, methods=methods),
    ]


def _timing(start: float, begin: float) -> dict[str, Any]:
    """The `time` part of an answer: seconds since the epoch, durations in seconds."""
    finish = time.time()

    def iso(moment: float) -> str:
        return datetime.fromtimestamp(moment).astimezone().isoformat(timespec="seconds")

    return {
        "start": start,
        "finish": finish,
        "duration": finish - start,
        "processing": finish - begin,
        "date_start": iso(start),
        "date_finish": iso(finish),
        "operating_reset_at": int(start) + 600,
        "operating": finish - begin,
    }
