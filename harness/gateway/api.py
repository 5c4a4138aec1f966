"""The gateway's API: payments and the attempts to pay them.

What it takes and answers is described in widget/gateway.openapi.yaml.
"""

import json
import time
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

from ..store.database import Store
from ..store.file import StoreGoneError
from . import arrivals, challenge, health, hosted, ledger
from .attempts import begin_attempt, same_intent
from .cards import PROCESSING_SECONDS, Card
from .faults import FaultMiddleware, Faults
from .faults import routes as fault_routes
from .methods import (
    CODE_SECONDS,
    CONFIRMED_ELSEWHERE,
    HOSTED_CARD,
    SANDBOX_METHODS,
    action,
    methods,
)
from .opening import look_again, open_payment
from .portal_client import PortalClient
from .problems import (
    ProblemError,
    crash_response,
    database_response,
    http_response,
    problem_response,
    store_gone_response,
)
from .service import Gateway, whole_number
from .settlement import Settlement
from .vault import TokenizedCard, Vault
from .words import Language, language_of

OPENAPI = Path(__file__).parents[2] / "widget" / "gateway.openapi.yaml"

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
    """The method's own: a card, nothing for the sandbox's other methods."""


def gateway_app(gateway: Gateway, store: Store, portal: PortalClient, vault: Vault) -> Starlette:
    """The service as an application of its own. The settlement comes in as lifespan state."""
    faults = Faults()

    async def create_payment(request: Request) -> Response:
        body = _checked(NewPayment, await request.body())
        opened = await open_payment(portal, store, body.payment_id, body.paysystem_id)
        return _answer(request, opened, 201)

    async def get_payment(request: Request) -> Response:
        return _answer(request, await _find(request))

    async def create_attempt(request: Request) -> Response:
        key = request.headers.get("idempotency-key", "")
        if not 1 <= len(key) <= 255:
            raise ProblemError(
                400, "idempotency_key_missing", "An Idempotency-Key header is needed."
            )
        body = _checked(NewAttempt, await request.body())
        payment = await _find(request)
        card = _card(body, key)
        _check_return_url(body.return_url, request)
        last4 = card.last4 if card else ""
        if same_intent(payment, key, body.method, last4):
            return _answer(request, payment)

        amount = body.amount
        payment = await look_again(portal, store, payment, amount.value, amount.currency)
        attempt = await run_in_threadpool(
            begin_attempt,
            store,
            payment.id,
            {
                "idempotency_key": key,
                "method": body.method,
                "value": payment.value,
                "currency": payment.currency,
                "return_url": (
                    f"{gateway.url}/form/done"
                    if body.method in CONFIRMED_ELSEWHERE
                    else body.return_url
                ),
                **_outcome(body.method, card),
            },
        )
        if attempt is not None:
            settlement: Settlement = request.state.settlement
            await settlement.settle(await run_in_threadpool(ledger.find_attempt, store, attempt.id))
        paid = await run_in_threadpool(ledger.find_payment, store, payment.id)
        return _answer(request, paid, 201)

    async def openapi(_request: Request) -> Response:
        return FileResponse(OPENAPI, media_type="application/yaml")

    async def _find(request: Request) -> ledger.GatewayPayment:
        return await run_in_threadpool(ledger.find_payment, store, request.path_params["id"])

    def _check_return_url(return_url: str, request: Request) -> None:
        """A challenge goes back to the page that asked for it or to a shop, nowhere else."""
        own = origin_of(return_url) == request.headers.get("origin", "")
        if not own and not gateway.returns_to(return_url):
            raise ProblemError(
                422, "return_url_refused", "The return URL is neither this page's nor the shop's."
            )

    def _card(body: NewAttempt, key: str) -> Card | TokenizedCard | None:
        """The attempt's card, or what its token stands for. Raises ProblemError."""
        if body.method == "card":
            return _checked(Card, json.dumps(body.data), "data")
        if body.method == HOSTED_CARD and body.method in gateway.own_methods:
            card = vault.use(body.data.get("token"), key)
            if card is None or len(body.data) != 1:
                raise ProblemError(
                    422, "invalid_request", "The request is not as the API describes it."
                )
            return card
        if body.method in SANDBOX_METHODS and body.data:
            raise ProblemError(422, "invalid_request", "This method takes no data.")
        if body.method not in (*SANDBOX_METHODS, *gateway.own_methods):
            raise ProblemError(422, "method_unknown", "This way to pay is not offered here.")
        return None

    def _answer(request: Request, payment: ledger.GatewayPayment, status: int = 200) -> Response:
        language = language_of(request)
        headers = {"Content-Language": language.tag, "Vary": "Accept-Language"}
        return JSONResponse(describe(payment, gateway, language), status, headers)

    return Starlette(
        routes=[
            Route("/payments", create_payment, methods=["POST"]),
            Route("/payments/{id}", get_payment, methods=["GET"]),
            Route("/payments/{id}/attempts", create_attempt, methods=["POST"]),
            Route("/openapi.yaml", openapi, methods=["GET"]),
            *challenge.routes(store),
            *arrivals.routes(gateway, store),
            *hosted.routes(gateway, store, portal),
            *fault_routes(faults),
            Route("/healthz", health.endpoint(store), methods=["GET"]),
        ],
        middleware=[
            # Pages on other origins may use the API; it knows no cookies.
            Middleware(
                CORSMiddleware, allow_origins=["*"], allow_methods=["*"], allow_headers=["*"]
            ),
            Middleware(FaultMiddleware, faults=faults),
        ],
        exception_handlers={
            ProblemError: problem_response,
            HTTPException: http_response,
            OperationalError: database_response,
            StoreGoneError: store_gone_response,
            Exception: crash_response,
        },
    )


def describe(
    payment: ledger.GatewayPayment, gateway: Gateway, language: Language
) -> dict[str, Any]:
    """A Payment as the API answers it."""
    last = payment.attempts[-1] if payment.attempts else None
    to_do = error = None
    value, currency = payment.amount
    if last and payment.status == "action_required":
        to_do = action(last, gateway.url, language)
    if last and payment.status == "failed":
        error = {"code": last.error_code, "message": language.say(last.error_message)}
    return {
        "id": payment.id,
        "status": payment.status,
        "amount": {"value": value, "currency": currency},
        "description": language.say("Payment {number}", number=payment.number),
        "methods": [
            *methods(language),
            *({"type": each, "label": each} for each in gateway.own_methods),
        ],
        "action": to_do,
        "error": error,
    }


def _outcome(method: str, card: Card | TokenizedCard | None) -> dict[str, Any]:
    """How an attempt begins, by the test card's number. Raises ProblemError."""
    if card is None and method not in SANDBOX_METHODS:
        return {"status": "charged"}
    if card is None:
        ends = time.time() + CODE_SECONDS if method == "qr" else 0.0
        return {"status": "action_required", "expires": ends}
    if not card.passes_luhn():
        raise ProblemError(
            422,
            "invalid_card",
            "This is not a card number.",
            errors=[{"field": "data.number", "detail": "A digit is wrong or missing."}],
        )
    test_card = card.test_card()
    kept: dict[str, Any] = {"brand": test_card.brand, "last4": card.last4}
    if card.has_expired():
        return kept | _failure("expired_card", "This card has expired.")
    match test_card.outcome:
        case "approve":
            return kept | {"status": "charged"}
        case "challenge":
            return kept | {"status": "action_required"}
        case "process":
            return kept | {"status": "processing", "due": time.time() + PROCESSING_SECONDS}
        case "decline":
            return kept | _failure(test_card.code, test_card.message)


def _failure(code: str, message: str) -> dict[str, Any]:
    return {"status": "failed", "error_code": code, "error_message": message}


def _checked(model: type[Body], content: str | bytes, inside: str = "") -> Body:
    """JSON as a model, which may be the content of a field. Raises ProblemError.

    The problem's text never repeats what was sent.
    """
    try:
        return model.model_validate_json(content)
    except ValidationError as error:
        errors = [
            {
                "field": ".".join(filter(None, (inside, *map(str, each["loc"])))),
                "detail": each["msg"],
            }
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
