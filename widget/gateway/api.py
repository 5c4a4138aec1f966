"""The gateway's API: payments and the attempts to pay them.

What it takes and answers is described in widget/gateway.openapi.yaml.
"""

import time
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any, TypeVar

from payframe.widget.origins import origin_of
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from sqlalchemy.exc import OperationalError
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Route

from payframe.database_file import StoreGoneError

from . import health, hosted, ledger, notifications
from .actions import describe as describe_action
from .attempts import Intent, is_begun
from .opening import look_again, open_payment
from .problems import (
    ProblemError,
    crash_response,
    database_response,
    http_response,
    problem_response,
    store_gone_response,
)
from .provider import Instrument, Method, Money, RefusedError
from .service import Gateway, HasPages, whole_number
from .settlement import Settlement
from .words import Language, language_of

OPENAPI = Path(__file__).parents[1] / "gateway.openapi.yaml"

NEWS = 2.0
"""Seconds after which a page that asks has the service asked, too."""

Body = TypeVar("Body", bound=BaseModel)


def _identifier(value: object) -> int:
    number = whole_number(value)
    if number is None:
        raise ValueError("the shop's page sent what is not a number")
    return number


Identifier = Annotated[int, BeforeValidator(_identifier)]


class NewPayment(BaseModel):
    model_config = ConfigDict(extra="forbid")

    payment_id: Identifier
    paysystem_id: Identifier
    fields: dict[str, str | int | float | bool | None] = Field(default={}, max_length=100)


class Amount(BaseModel):
    """What the buyer was shown: compared with the portal's, never trusted."""

    model_config = ConfigDict(extra="forbid")

    value: str = Field(pattern=r"^[0-9]{1,30}(\.[0-9]{1,30})?$")
    currency: str = Field(pattern="^[A-Z]{3}$")


class NewAttempt(BaseModel):
    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    method: str
    amount: Amount
    return_url: str = Field(max_length=2000)
    data: dict[str, Any] = Field(default={}, max_length=100, repr=False)
    """What the method's part of the page has collected."""


def gateway_app(gateway: Gateway, middleware: Sequence[Middleware] = ()) -> Starlette:
    """The gateway as an application of its own. The settlement comes in as lifespan state.

    `middleware` is that of the provider's, before the API.
    """
    store = gateway.store

    async def create_payment(request: Request) -> Response:
        body = _checked(NewPayment, await request.body())
        shop = gateway.shops.key(body.fields)
        opened = await open_payment(gateway, shop, body.payment_id, body.paysystem_id)
        return _answer(request, opened, 201)

    async def get_payment(request: Request) -> Response:
        payment = await _find(request)
        if payment.status == "action_required" and _is_old(payment.attempts[-1]):
            settlement: Settlement = request.state.settlement
            await settlement.look(payment.attempts[-1].id)
            payment = await _find(request)
        return _answer(request, payment)

    async def create_attempt(request: Request) -> Response:
        key = request.headers.get("idempotency-key", "")
        if not 1 <= len(key) <= 255:
            raise ProblemError(
                400, "idempotency_key_missing", "An Idempotency-Key header is needed."
            )
        body = _checked(NewAttempt, await request.body())
        payment = await _find(request)
        method = next((each for each in payment.offered if each.type == body.method), None)
        if method is None:
            raise ProblemError(422, "method_unknown", "This way to pay is not offered here.")
        instrument = _instrument(body)
        _check_return_url(body.return_url, request)
        language = language_of(request).tag
        intent = Intent(key, method, instrument, body.return_url, language)
        if is_begun(payment, intent):
            return _answer(request, payment)

        agreed = Money(body.amount.value, body.amount.currency)
        payment = await look_again(gateway, payment, agreed)
        settlement: Settlement = request.state.settlement
        paid = await settlement.begin(payment, intent, body.data)
        return _answer(request, paid, 201)

    async def openapi(_request: Request) -> Response:
        return FileResponse(OPENAPI, media_type="application/yaml")

    async def _find(request: Request) -> ledger.LedgerPayment:
        return await run_in_threadpool(ledger.find_payment, store, request.path_params["id"])

    def _check_return_url(return_url: str, request: Request) -> None:
        """A challenge goes back to the page that asked for it, the gateway or a shop."""
        own = origin_of(return_url) in (request.headers.get("origin", ""), origin_of(gateway.url))
        if not own and not gateway.returns_to(return_url):
            raise ProblemError(
                422, "return_url_refused", "The return URL is neither this page's nor the shop's."
            )

    def _instrument(body: NewAttempt) -> Instrument:
        """Raises ProblemError."""
        try:
            return gateway.provider.instrument(body.method, body.data)
        except RefusedError as refusal:
            errors = [{"field": field, "detail": detail} for field, detail in refusal.errors]
            more = {"errors": errors} if errors else {}
            raise ProblemError(422, refusal.code, refusal.message, **more) from None

    provider = gateway.provider
    return Starlette(
        routes=[
            Route("/payments", create_payment, methods=["POST"]),
            Route("/payments/{id}", get_payment, methods=["GET"]),
            Route("/payments/{id}/attempts", create_attempt, methods=["POST"]),
            Route("/openapi.yaml", openapi, methods=["GET"]),
            *notifications.routes(gateway),
            *hosted.routes(gateway),
            *(provider.routes(gateway) if isinstance(provider, HasPages) else ()),
            Route("/healthz", health.endpoint(store), methods=["GET"]),
        ],
        middleware=[
            # Pages on other origins may use the API; it knows no cookies.
            Middleware(
                CORSMiddleware, allow_origins=["*"], allow_methods=["*"], allow_headers=["*"]
            ),
            *middleware,
        ],
        exception_handlers={
            ProblemError: problem_response,
            HTTPException: http_response,
            OperationalError: database_response,
            StoreGoneError: store_gone_response,
            Exception: crash_response,
        },
    )


def _is_old(attempt: ledger.LedgerAttempt) -> bool:
    """Whether the service may have had news of an attempt since it was last asked."""
    return attempt.looked + NEWS < time.time()


def _answer(request: Request, payment: ledger.LedgerPayment, status: int = 200) -> Response:
    language = language_of(request)
    headers = {"Content-Language": language.tag, "Vary": "Accept-Language"}
    return JSONResponse(describe(payment, language), status, headers)


def describe(payment: ledger.LedgerPayment, language: Language) -> dict[str, Any]:
    """A Payment as the API answers it."""
    last = payment.attempts[-1] if payment.attempts else None
    to_do = error = None
    if last and payment.status == "action_required":
        to_do = describe_action(last, language)
    if last and payment.status == "failed":
        error = {"code": last.error_code, "message": language.say(last.error_message)}
    return {
        "id": payment.id,
        "status": payment.status,
        "amount": asdict(payment.amount),
        "description": language.say("Payment {number}", number=payment.number),
        "methods": [_describe_method(each, language) for each in payment.offered],
        "action": to_do,
        "error": error,
    }


def _describe_method(method: Method, language: Language) -> dict[str, Any]:
    offer: dict[str, Any] = {"type": method.type, "label": language.say(method.label)}
    return offer | {"settings": method.settings} if method.settings else offer


def _checked(model: type[Body], content: bytes) -> Body:
    """JSON as a model. Raises ProblemError.

    The problem's text never repeats what was sent.
    """
    try:
        return model.model_validate_json(content)
    except ValidationError as error:
        errors = [
            {"field": ".".join(map(str, each["loc"])), "detail": each["msg"]}
            for each in error.errors(include_input=False, include_url=False)
        ]
        from_the_shop = {"payment_id", "paysystem_id"} & {each["field"] for each in errors}
        raise ProblemError(
            422,
            "invalid_request",
            "The shop's page sent a payment or payment system that is not a number."
            if from_the_shop
            else "The request is not as the API describes it.",
            errors=errors,
        ) from None
