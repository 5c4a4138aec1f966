"""Faults on demand: the API answers wrongly for the next few requests.

`POST /faults` {"fault": "error" | "slow" | "garbage", "times": 1, "seconds": 5}, so that a
reader or a test sees what the page does then. `GET /faults` lists those that wait, `DELETE /faults`
ends them. Pages of other origins
may not: who reads one while the sandbox runs has not asked for a fault.
"""

from collections import Counter
from dataclasses import dataclass, field
from typing import Literal

import anyio
from payframe.widget.gateway.problems import ProblemError
from pydantic import BaseModel, ConfigDict, Field
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from ..own_origin import is_own

FaultName = Literal["error", "slow", "garbage"]


class GatewayFault(BaseModel):
    """`seconds` is how long "slow" waits before it goes on as usual."""

    model_config = ConfigDict(extra="forbid")

    fault: FaultName
    times: int = Field(default=1, ge=1, le=1000)
    seconds: float = Field(default=5.0, gt=0, le=120)


@dataclass
class Faults:
    """What the next requests to /payments will meet, first in first out."""

    queue: list[GatewayFault] = field(default_factory=list)

    def next(self) -> GatewayFault | None:
        return self.queue.pop(0) if self.queue else None

    def waiting(self) -> dict[str, int]:
        """How many requests will meet each."""
        return dict(Counter(fault.fault for fault in self.queue))


def routes(faults: Faults) -> list[Route]:
    async def add(request: Request) -> Response:
        _check_origin(request)
        # What a page may send to any origin without asking, a form's or a text, is not JSON.
        if request.headers.get("content-type", "").partition(";")[0].strip() != "application/json":
            raise ProblemError(
                415, "json_needed", "A fault is set with Content-Type: application/json."
            )
        try:
            fault = GatewayFault.model_validate_json(await request.body())
        except ValueError as error:
            raise ProblemError(422, "invalid_request", str(error)) from error
        faults.queue += [fault] * fault.times
        return JSONResponse({"waiting": faults.waiting()}, 201)

    def waiting(_request: Request) -> Response:
        return JSONResponse({"waiting": faults.waiting()})

    async def clear(request: Request) -> Response:
        _check_origin(request)
        faults.queue.clear()
        return Response(status_code=204)

    return [
        Route("/faults", add, methods=["POST"]),
        Route("/faults", waiting, methods=["GET"]),
        Route("/faults", clear, methods=["DELETE"]),
    ]


def _check_origin(request: Request) -> None:
    """Raises ProblemError for a request of another origin's page."""
    if not is_own(request):
        raise ProblemError(403, "origin_refused", "Pages of other origins may not set faults.")


class FaultMiddleware:
    """Lets a waiting fault answer in place of the API."""

    def __init__(self, app: ASGIApp, faults: Faults) -> None:
        self.app = app
        self.faults = faults

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        app = self.app
        is_call = scope["type"] == "http" and scope["method"] in ("GET", "POST")
        if is_call and "/payments" in scope["path"] and (fault := self.faults.next()):
            match fault.fault:
                case "slow":
                    await anyio.sleep(fault.seconds)
                case "error":
                    app = PlainTextResponse("Internal Server Error", 500)
                case "garbage":
                    app = PlainTextResponse("<html><h1>It works!</h1>", media_type="text/html")
        await app(scope, receive, send)
