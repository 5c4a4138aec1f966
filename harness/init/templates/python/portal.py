"""The portal: which payment there is, and that it has been paid."""

import json
import logging
import os
import sys
import uuid
from decimal import Decimal
from http import HTTPStatus
from sqlite3 import Row
from typing import Any

import httpx
import ledger
import service

PORTAL = os.environ.get("PAYFRAME_PORTAL", "").rstrip("/") or sys.exit("PAYFRAME_PORTAL is not set")
TIMEOUT = 10.0
"""Seconds; less than ledger.CLAIM."""
log = logging.getLogger("server")
client = httpx.AsyncClient(timeout=TIMEOUT)


class Refused(Exception):
    """A problem (RFC 9457): `code` is for programs, `detail` a sentence for the buyer."""

    def __init__(self, status: int, code: str, detail: str) -> None:
        super().__init__(detail)
        self.status, self.code, self.detail = status, code, detail


async def open_payment(payment_id: int, paysystem_id: int) -> Row:
    """The payment as the portal has it now."""
    found = (await call("sale.payment.get", {"id": payment_id}))["payment"]
    # Refuses a payment of another payment system. TODO: it answers what the merchant has filled in
    # for your CODES (payframe.toml), such as the keys of their account at your service.
    ids = {"PAYMENT_ID": payment_id, "PAY_SYSTEM_ID": paysystem_id}
    await call("sale.paysystem.settings.payment.get", ids)
    value = Decimal(found["sum"])
    if value <= 0:
        raise Refused(422, "nothing_to_pay", "There is nothing to pay.")
    known = (payment_id, paysystem_id, found["accountNumber"], f"{value:f}", found["currency"])
    return ledger.save_payment(uuid.uuid4().hex, *known, found["paid"] == "Y")


async def advance(reference: str) -> None:
    """Tell the portal of a charge, or ask the service for one that it has not answered."""
    attempt = ledger.claim(reference)
    if not attempt:
        return  # there is nothing to do, or somebody else does it
    lost = service.Outcome("declined", "The payment was interrupted. Nothing was charged.")
    try:
        if attempt["status"] == "processing":
            ledger.record(reference, await service.find(reference) or lost)
            return
        payment = ledger.one("SELECT * FROM payments WHERE id = ?", attempt["payment"])
        ids = {"PAYMENT_ID": payment["payment_id"], "PAY_SYSTEM_ID": payment["paysystem_id"]}
        told = {"PS_SUM": attempt["value"], "PS_CURRENCY": attempt["currency"]}
        await call("sale.paysystem.pay.payment", {**ids, **told, "PS_INVOICE_ID": reference})
        ledger.settle(reference)
    except Exception as error:
        log.error("%s stays %s for now: %r", reference, attempt["status"], error)
        ledger.put_off(attempt)


async def call(method: str, params: dict[str, Any]) -> Any:
    """A method of the portal's REST. A sum keeps its digits, as text."""
    try:
        answer = await client.post(f"{PORTAL}/{method}.json", json=params)
        content = json.loads(answer.content, parse_float=str)
    except (httpx.HTTPError, ValueError) as error:
        raise Refused(
            503, "portal_unavailable", "The shop cannot be reached. Please try again."
        ) from error
    if answer.status_code == HTTPStatus.BAD_REQUEST:
        raise Refused(404, "payment_not_found", "The shop does not know this payment.")
    if answer.status_code != HTTPStatus.OK or "result" not in content:
        raise Refused(503, "portal_unavailable", "The shop cannot be reached. Please try again.")
    return content["result"]
