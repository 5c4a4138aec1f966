"""Whether money gets where it belongs: for people, and for what watches a server."""

import time
from collections.abc import Awaitable, Callable

from sqlalchemy.exc import SQLAlchemyError
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from payframe.database import Database

from .attempts import count_unsettled
from .settlement import Settlement


def endpoint(store: Database) -> Callable[[Request], Awaitable[Response]]:
    """`unsettled` attempts have money at stake that the portal does not know of; `seconds` is how
    long the oldest has waited. The status is 503 while the settlement does not get on."""

    async def health(request: Request) -> Response:
        settlement: Settlement = request.state.settlement
        trouble = settlement.trouble.text if settlement.trouble else ""
        content: dict[str, object] = {}
        try:
            unsettled, since = await run_in_threadpool(count_unsettled, store)
            content |= {
                "unsettled": unsettled,
                "seconds": round(time.time() - since) if since else 0,
            }
        except SQLAlchemyError as error:
            trouble = trouble or f"{type(error).__name__}: {error}"
        status = "trouble" if trouble else "ok"
        return JSONResponse(
            {"status": status, **content, "trouble": trouble}, 503 if trouble else 200
        )

    return health
