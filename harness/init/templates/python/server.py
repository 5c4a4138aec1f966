"""The server behind the payment page: the API of dist/gateway.openapi.yaml, and the page itself."""

import asyncio
import json
import logging
import os
import re
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from http import HTTPStatus
from pathlib import Path
from sqlite3 import Row
from typing import Any
from urllib.parse import urlsplit

import ledger
import service
import uvicorn
from portal import Refused, advance, open_payment
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Route

DIST = Path(__file__).with_name("dist")
LARGEST_BODY = 65_536
log = logging.getLogger("server")


async def create_payment(request: Request) -> Response:
    sent = read_json(await read_body(request))
    ids = [str(sent.get(name)) for name in ("payment_id", "paysystem_id")]
    if not all(re.fullmatch("[0-9]{1,18}", each) for each in ids):
        raise Refused(
            422, "invalid_request", "The shop's page sent a payment that is not a number."
        )
    return JSONResponse(ledger.describe(await open_payment(*map(int, ids))), 201)


async def get_payment(request: Request) -> Response:
    return JSONResponse(ledger.describe(find_payment(request)))


async def create_attempt(request: Request) -> Response:
    payment, sent = find_payment(request), read_json(await read_body(request))
    amount, data = sent.get("amount"), sent.get("data")
    key = request.headers.get("idempotency-key", "")
    if not 1 <= len(key) <= 255:
        raise Refused(400, "idempotency_key_missing", "An Idempotency-Key header is needed.")
    if sent.get("method") != "card" or not isinstance(amount, dict) or not isinstance(data, dict):
        raise Refused(422, "method_unknown", "This way to pay is not offered here.")
    # A confirmation at the bank goes back to this page or to a shop that is known, nowhere else.
    page = request.headers.get("origin", "")
    if origin(str(sent.get("return_url"))) not in (page, *os.environ.get("SELLERS", "").split()):
        raise Refused(
            422, "return_url_refused", "The return URL is neither this page's nor the shop's."
        )
    if ledger.is_known(payment, key):
        return JSONResponse(ledger.describe(payment))
    # What is charged is read from the portal right before; the page's amount is only compared.
    payment = await open_payment(payment["payment_id"], payment["paysystem_id"])
    if (amount.get("value"), amount.get("currency")) != (payment["value"], payment["currency"]):
        raise Refused(
            409, "amount_changed", "The shop changed the amount. Please look at it again."
        )
    reference = uuid.uuid4().hex
    if payment["paid"] or not ledger.begin(reference, payment, key):
        state = ledger.describe(payment)
        if state["status"] != "paid" and not ledger.is_known(payment, key):
            raise Refused(409, "attempt_in_progress", "This payment is being processed already.")
        return JSONResponse(state)
    try:
        outcome = await service.charge(reference, payment["value"], payment["currency"], data)
        ledger.record(reference, outcome)
    except Exception as error:
        log.error("%s: no answer to the charge, it is looked for: %r", reference, error)
    await advance(reference)
    return JSONResponse(ledger.describe(payment), 201)


async def take_notification(request: Request) -> Response:
    body, signature = await read_body(request), request.headers.get("signature", "")
    told = service.read_notification(body, signature)
    if not told:
        raise Refused(401, "wrong_signature", "The signature is not the payment service's.")
    attempt = ledger.find_attempt(told.reference)
    if not attempt or (attempt["value"], attempt["currency"]) != (told.value, told.currency):
        log.error("%s: no charge of ours: %s %s", told.reference, told.value, told.currency)
        raise Refused(422, "charge_unknown", "There is no charge of this reference and amount.")
    ledger.record(told.reference, told.outcome, told.id)
    await advance(told.reference)
    return Response(status_code=204)


async def get_page(request: Request) -> Response:
    """The built page, with the headers of its build."""
    if not (DIST / "manifest.json").is_file():
        raise Refused(503, "not_built", "The page is not built: run payframe build.")
    built, name = json.loads((DIST / "manifest.json").read_text()), request.path_params["name"]
    name = name or "index.html"
    if not built["files"].get(name, {}).get("public"):
        raise Refused(404, "not_found", "There is nothing here.")
    return FileResponse(DIST / name, headers=built["headers"])


def find_payment(request: Request) -> Row:
    payment = ledger.one("SELECT * FROM payments WHERE id = ?", request.path_params["id"])
    if not payment:
        raise Refused(404, "payment_not_found", "This payment is not known here.")
    return payment  # type: ignore[no-any-return]


async def read_body(request: Request) -> bytes:
    if int(request.headers.get("content-length", LARGEST_BODY + 1)) > LARGEST_BODY:
        raise Refused(413, "content_too_large", "The request is too large.")
    return await request.body()


def read_json(body: bytes) -> dict[str, Any]:
    try:
        return dict(json.loads(body))
    except (ValueError, TypeError):
        raise Refused(
            422, "invalid_request", "The request is not as the API describes it."
        ) from None


def origin(url: str) -> str | None:
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return f"{parts.scheme}://{parts.netloc}" if parts.scheme in ("http", "https") else None


async def problem(_request: Request, error: Exception) -> Response:
    match error:
        case Refused(status=status, code=code, detail=detail):
            pass
        case HTTPException(status_code=status, detail=detail):
            code = "no_such_call"
        case _:
            status, code, detail = 500, "internal", "Something went wrong. Please try again."
    content = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status}
    media_type = "application/problem+json"
    return JSONResponse({**content, "code": code, "detail": detail}, status, media_type=media_type)


@asynccontextmanager
async def advancing(_app: Starlette) -> AsyncIterator[None]:
    """Look once a second at what is to be told or asked, also what an earlier run has left."""

    async def run() -> None:
        while True:
            await asyncio.gather(*map(advance, ledger.due()))
            await asyncio.sleep(1)

    task = asyncio.create_task(run())
    yield
    task.cancel()


app = Starlette(
    routes=[
        Route("/gateway/payments", create_payment, methods=["POST"]),
        Route("/gateway/payments/{id}", get_payment),
        Route("/gateway/payments/{id}/attempts", create_attempt, methods=["POST"]),
        Route("/notifications", take_notification, methods=["POST"]),
        Route("/{name:path}", get_page),
    ],
    exception_handlers={Refused: problem, HTTPException: problem, Exception: problem},
    lifespan=advancing,
)

if __name__ == "__main__":
    host, port = os.environ.get("HOST", "127.0.0.1"), int(os.environ.get("PORT", "3000"))
    uvicorn.run(app, host=host, port=port, log_level="warning")
