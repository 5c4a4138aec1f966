"""How the API fails: RFC 9457 problem details with a code that programs can match on."""

from http import HTTPStatus
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from .words import language_of


class ProblemError(Exception):
    """`detail` is a sentence that a buyer may read; `code` is one of the API description's."""

    def __init__(self, status: int, code: str, detail: str, **extra: Any) -> None:
        super().__init__(detail)
        self.status = status
        self.code = code
        self.detail = detail
        self.extra = extra


async def problem_response(request: Request, problem: Exception) -> Response:
    assert isinstance(problem, ProblemError)
    return JSONResponse(
        {
            "type": "about:blank",
            "title": HTTPStatus(problem.status).phrase,
            "status": problem.status,
            "code": problem.code,
            "detail": language_of(request).say(problem.detail),
            **problem.extra,
        },
        problem.status,
        media_type="application/problem+json",
    )


async def http_response(request: Request, error: Exception) -> Response:
    """What no route takes: an unknown path, or another method; and a body that is too large."""
    assert isinstance(error, HTTPException)
    if error.status_code == HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
        return await problem_response(request, ProblemError(413, "content_too_large", error.detail))
    phrase = HTTPStatus(error.status_code).phrase
    code = phrase.lower().replace(" ", "_")
    problem = ProblemError(error.status_code, code, f"This API does not have that: {phrase}.")
    response = await problem_response(request, problem)
    response.headers.update(error.headers or {})
    return response


async def store_gone_response(request: Request, error: Exception) -> Response:
    """The database is away, from under the server; the sentence is for whoever runs the sandbox."""
    return await problem_response(request, ProblemError(503, "database_gone", str(error)))


async def database_response(request: Request, _error: Exception) -> Response:
    """The database is locked, full or away. What has been written before is kept."""
    return await problem_response(
        request,
        ProblemError(503, "database_unavailable", "The payment service is busy. Please try again."),
    )


async def crash_response(request: Request, _error: Exception) -> Response:
    """An error nobody expected. The server's log has the trace; the buyer gets a sentence."""
    return await problem_response(
        request,
        ProblemError(500, "internal", "The payment service had an error. Please try again."),
    )
