"""What was recorded of a gateway: plain data, for rules and reports."""

import json
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from ..finding import Exchange
from ..recording import Request
from ..server_visit import ServerVisit

FINAL = ("paid", "failed", "expired")


@dataclass(frozen=True)
class Call:
    """One call of the API. `operation` is its path in the description."""

    name: str
    operation: str
    request: Request

    @property
    def status(self) -> int:
        """Of the answer; 0 where there was none."""
        return self.request.status or 0

    @property
    def taken(self) -> bool:
        return 200 <= self.status < 300

    @property
    def answer(self) -> dict[str, Any]:
        """The JSON of the answer; empty where it is no object."""
        try:
            content = json.loads(self.request.received)
        except ValueError:
            return {}
        return content if isinstance(content, dict) else {}

    @property
    def payment_status(self) -> str:
        return str(self.answer.get("status", "")) if self.taken else ""

    @property
    def amount(self) -> tuple[Decimal | None, str]:
        """Of the payment that was answered: a decimal, None where it is none, and a currency."""
        amount = self.answer.get("amount")
        amount = amount if isinstance(amount, dict) else {}
        try:
            value = Decimal(str(amount.get("value")))
        except InvalidOperation:
            value = None
        return value, str(amount.get("currency", ""))

    @property
    def said(self) -> str:
        """What came back, as the end of a sentence."""
        if not self.request.status:
            return f"not answered: {self.request.failure}"
        code = self.answer.get("code") if not self.taken else self.payment_status
        return f"answered with {self.status}{f' {code}' if code else ''}"

    @property
    def evidence(self) -> Exchange:
        return Exchange(self.request, self.name)


@dataclass
class Played:
    """One scene: its calls by the names that the scene gives them.

    `reports` is how often the portal was told that a payment is paid, by the name of a moment.
    """

    calls: dict[str, Call] = field(default_factory=dict)
    reports: dict[str, int] = field(default_factory=dict)

    def add(self, *calls: Call) -> None:
        self.calls.update({call.name: call for call in calls})

    def evidence(self, *names: str) -> tuple[Exchange, ...]:
        chosen = names or tuple(self.calls)
        return tuple(self.calls[name].evidence for name in chosen if name in self.calls)


@dataclass
class GatewayVisit(ServerVisit[Played]):
    """`card` is the number that payments were made with, empty where there was none.

    `misdescribed` is how answers differ from the API's description, each with its call. Most scenes
    need a payment that could be paid.
    """

    amount: str
    currency: str
    card: str
    misdescribed: list[tuple[str, Exchange]] = field(default_factory=list)

    @property
    def calls(self) -> list[Call]:
        return [call for played in self.scenes.values() for call in played.calls.values()]
