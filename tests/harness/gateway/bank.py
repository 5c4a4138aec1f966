"""A payment service for tests, as a provider: it does what it is told, and counts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import anyio

from payframe.gateway import (
    ActionRequired,
    Attempt,
    Charged,
    Declined,
    Instrument,
    Method,
    Notification,
    Outcome,
    Payment,
    Redirect,
    RefusedError,
    SignatureError,
)

ON_A_PAGE = ActionRequired(Redirect("https://bank.example/confirm"))


@dataclass
class Bank:
    """`first` is what a start comes to; `now` what the bank says of an attempt afterwards.

    `fails` are the calls that raise, each before the bank has heard of it or after.
    """

    first: Outcome | None = None
    """None for a charge of what is asked for."""
    now: dict[str, Outcome] = field(default_factory=dict)
    money: dict[str, int] = field(default_factory=dict)
    """Attempt -> how often money was taken, less how often it was given back."""
    looks: int = 0
    fails: list[str] = field(default_factory=list)
    text: str = "the line is cut"
    hangs: bool = False

    def methods(self, payment: Payment) -> Sequence[Method]:
        if payment.number == "REFUSED/1":
            raise RefusedError("not_today", "This bank is closed today.")
        return [Method("card", "Card"), Method("redirect", "Bank account", leaves_the_shop=True)]

    def instrument(self, method: str, data: Mapping[str, Any]) -> Instrument:
        return Instrument(str(data.get("token", "")), last4="4242" if method == "card" else "")

    async def start(self, attempt: Attempt, data: Mapping[str, Any]) -> Outcome:  # noqa: ARG002
        self._fail("start")
        if attempt.id not in self.now:
            outcome = self.first or Charged(attempt.amount)
            self.say(attempt.id, outcome)
        self._fail("the answer to start")
        if self.hangs:
            await anyio.sleep_forever()
        return self.now[attempt.id]

    async def look(self, attempt: Attempt) -> Outcome:
        self.looks += 1
        self._fail("look")
        return self.now[attempt.id] if attempt.id in self.now else await self.start(attempt, {})

    async def capture(self, attempt: Attempt) -> Outcome:
        self._fail("capture")
        self.say(attempt.id, Charged(attempt.amount))
        self._fail("the answer to capture")
        return self.now[attempt.id]

    async def cancel(self, attempt: Attempt) -> None:
        self._fail("cancel")
        if self.money.get(attempt.id):
            self.money[attempt.id] -= 1
        self.now[attempt.id] = Declined("abandoned")

    def notified(self, notification: Notification) -> Sequence[str]:
        if notification.headers.get("x-signature") != "the bank's":
            raise SignatureError("not the bank's")
        return notification.body.decode().split()

    def say(self, attempt_id: str, outcome: Outcome) -> None:
        """Something has happened to an attempt at the bank."""
        was_charged = isinstance(self.now.get(attempt_id), Charged)
        if isinstance(outcome, Charged) and not was_charged:
            self.money[attempt_id] = self.money.get(attempt_id, 0) + 1
        self.now[attempt_id] = outcome

    def _fail(self, call: str) -> None:
        if call in self.fails:
            self.fails.remove(call)
            raise ConnectionError(self.text)
