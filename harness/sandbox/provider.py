"""The sandbox as a provider: what happens to an attempt, by the test card or the buyer's answer."""

import json
import time
from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import ValidationError
from starlette.concurrency import run_in_threadpool
from starlette.routing import BaseRoute

from payframe.database import Database
from payframe.gateway import (
    ActionRequired,
    Attempt,
    Authorized,
    Charged,
    Code,
    Declined,
    Gateway,
    Instrument,
    Method,
    Notification,
    Outcome,
    Payment,
    Processing,
    Redirect,
    RefusedError,
    Transfer,
)

from . import arrivals, challenge, faults
from .arrivals import CONFIRMED_ELSEWHERE
from .cards import NOT_A_TEST_CARD, Card, passes_luhn
from .charges import ChargeStatus, Table, find_charge, move, write_charge
from .vault import Vault

METHODS = (
    Method("card", "Card"),
    Method("redirect", "Bank account", leaves_the_shop=True),
    Method("qr", "QR code"),
    Method("transfer", "Bank transfer"),
)
HOSTED_CARD = "hosted_card"
"""A card by a token of the vault, for pages with its fields. It is offered where a page has it."""
PROCESSING_SECONDS = 3.0
INVALID = "The request is not as the API describes it."
CODE_SECONDS = 300.0
"""How long a code to scan can be paid."""
IBAN = "GB33 BUKB 2020 1555 5555 55"


class Sandbox:
    """Beside its own methods it offers `own_methods`, which an integrator's page adds.

    Those take any data and always succeed.
    """

    def __init__(self, store: Database, own_methods: Sequence[str] = ()) -> None:
        store.create_tables(Table)
        self._store = store
        self._methods = (*METHODS, *(Method(each, each) for each in own_methods))
        self.faults = faults.Faults()
        self.vault = Vault()

    def methods(self, payment: Payment) -> Sequence[Method]:
        for code, value in payment.settings.items():
            if code.startswith("PS_WORK_MODE") and value == "REGULAR":
                raise RefusedError(
                    "live_mode",
                    f"This payment system is set to live payments ({code} = REGULAR), and this "
                    "service is a sandbox.",
                )
        return self._methods

    def instrument(self, method: str, data: Mapping[str, Any]) -> Instrument:
        if method == "card":
            return _card(data).instrument()
        if method == HOSTED_CARD:
            found = self.vault.find(data.get("token"))
            if found is None or len(data) != 1:
                raise RefusedError("invalid_request", INVALID)
            return found
        if method not in [each.type for each in METHODS]:
            return Instrument("approve")
        if data:
            raise RefusedError("invalid_request", "This method takes no data.")
        return Instrument("confirm")

    async def start(self, attempt: Attempt, data: Mapping[str, Any]) -> Outcome:
        if attempt.method == HOSTED_CARD and not self.vault.use(data.get("token"), attempt.id):
            return Declined("declined")
        return await run_in_threadpool(self._start, attempt)

    def _start(self, attempt: Attempt) -> Outcome:
        store, back = self._store, attempt.return_url
        match attempt.instrument.token:
            case "approve":
                write_charge(store, attempt, "captured", back)
                return Charged(attempt.amount)
            case "process":
                write_charge(store, attempt, "confirmed", back, time.time() + PROCESSING_SECONDS)
                return Processing(PROCESSING_SECONDS)
            case "challenge" | "confirm":
                if attempt.method in CONFIRMED_ELSEWHERE:
                    back = f"{attempt.gateway_url}/form/done"
                write_charge(store, attempt, "waiting", back)
                return self._action(attempt)
            case code:
                return Declined(code, challenge.language(attempt.language).say(NOT_A_TEST_CARD))

    def _action(self, attempt: Attempt) -> ActionRequired:
        url = f"{attempt.gateway_url}/attempts/{attempt.id}/challenge"
        match attempt.method:
            case "qr":
                return ActionRequired(Code(url), CODE_SECONDS)
            case "transfer":
                lines = [
                    ("Recipient", "Sandbox Payments Ltd"),
                    ("IBAN", IBAN),
                    ("Amount", f"{attempt.amount.value} {attempt.amount.currency}"),
                    ("Reference", attempt.payment.number),
                ]
                return ActionRequired(Transfer(lines))
            case method:
                # A bank's own site wants the whole window; a card's challenge stays in the frame.
                asked = f"{url}?lang={attempt.language}"
                return ActionRequired(Redirect(asked, in_frame=method in challenge.CARDS))

    async def look(self, attempt: Attempt) -> Outcome:
        return await run_in_threadpool(self._look, attempt)

    def _look(self, attempt: Attempt) -> Outcome:
        charge = find_charge(self._store, attempt.id)
        if charge is None:  # the call that was to start it never came here
            return self._start(attempt)
        match charge.status:
            case "waiting":
                return self._action(attempt)
            case "confirmed" if charge.ready > (now := time.time()):
                return Processing(charge.ready - now)
            case "confirmed":
                return Authorized(attempt.amount)
            case "captured":
                return Charged(attempt.amount)
            case _:
                return Declined("not_confirmed")

    async def capture(self, attempt: Attempt) -> Outcome:
        await run_in_threadpool(move, self._store, attempt.id, ("confirmed",), "captured")
        return await self.look(attempt)

    async def cancel(self, attempt: Attempt) -> None:
        ended: tuple[ChargeStatus, ...] = ("waiting", "confirmed", "captured")
        await run_in_threadpool(move, self._store, attempt.id, ended, "cancelled")

    def notified(self, notification: Notification) -> Sequence[str]:  # noqa: ARG002
        """The test bank's pages tell the gateway themselves."""
        return ()

    def routes(self, gateway: Gateway) -> Sequence[BaseRoute]:
        return [
            *challenge.routes(self._store),
            *arrivals.routes(gateway, self._store),
            *faults.routes(self.faults),
        ]


def _card(data: Mapping[str, Any]) -> Card:
    """Raises RefusedError; its text never repeats what was sent."""
    try:
        card = Card.model_validate_json(json.dumps(data))
    except ValidationError as error:
        raise RefusedError(
            "invalid_request",
            INVALID,
            [
                (".".join(("data", *map(str, each["loc"]))), each["msg"])
                for each in error.errors(include_input=False, include_url=False)
            ],
        ) from None
    if not passes_luhn(card.number):
        raise RefusedError(
            "invalid_card",
            "This is not a card number.",
            [("data.number", "A digit is wrong or missing.")],
        )
    return card
