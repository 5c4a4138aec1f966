"""What a payment service is to the gateway: a Provider, in which one Python file describes it.

The gateway does what is the same for all: it reads the amount from the portal, writes every attempt
down before the service is asked, has one attempt of a payment take money, asks again after a crash,
looks at the portal before money that is reserved is taken, and tells the portal. A provider says
how its service is asked.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Protocol


@dataclass(frozen=True)
class Money:
    """`value` is a decimal string with the currency's digits ("100.00"), `currency` ISO 4217."""

    value: str
    currency: str

    def equals(self, other: "Money") -> bool:
        """Whether it is as much, however it is written: 100 is 100.00."""
        return (Decimal(self.value), self.currency) == (Decimal(other.value), other.currency)


@dataclass(frozen=True)
class Payment:
    """A payment of a shop, as its portal describes it.

    `settings` are the values of the handler's CODES that the portal has for this payment: keys of
    the shop's own account are there.
    """

    id: str
    """The gateway's own, which the buyer's page knows it by."""
    shop: str
    """The key of the portal, where the gateway serves many; else empty."""
    payment_id: int
    pay_system_id: int
    number: str
    """As it is printed: `77/1`."""
    amount: Money
    settings: Mapping[str, str] = field(repr=False)


@dataclass(frozen=True)
class Method:
    """A way to pay that the page offers. `type` is that of a method of the page's.

    `label` is English; the gateway translates those that it knows. `leaves_the_shop` is true where
    the buyer pays on a page of the service's own, so that the method suits a handler in form or
    checkout mode as well. `settings` is what the method's part of the page has to know, such as a
    publishable key: every buyer can read it.
    """

    type: str
    label: str
    leaves_the_shop: bool = False
    settings: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Instrument:
    """What the buyer pays with.

    `token` is written down with the attempt, so that it can be started again after a crash: never
    a card's number, expiry or security code. `brand` and `last4` are for people: Visa, 4242.
    """

    token: str = ""
    brand: str = ""
    last4: str = ""


@dataclass(frozen=True)
class Attempt:
    """One try to pay a payment. The amount is fixed: it is what the buyer has seen.

    `reference` is what the service called it in an earlier outcome. `language` is the buyer's, as
    a BCP 47 tag. `return_url` is where the buyer comes back to from a page of the service.
    """

    id: str
    """Unguessable, and one for each try: the idempotency key and order number for the service."""
    payment: Payment
    method: str
    amount: Money
    instrument: Instrument
    return_url: str
    language: str
    gateway_url: str
    """Of the gateway itself: a provider's own pages are below it."""
    reference: str = ""


# What the buyer has to do.


@dataclass(frozen=True)
class Redirect:
    """The buyer confirms on a page of the service.

    It is shown in the payment page where `in_frame` is true, else it takes the whole window.
    """

    url: str
    in_frame: bool = False


@dataclass(frozen=True)
class Code:
    """The buyer scans a QR code that says `text`."""

    text: str


@dataclass(frozen=True)
class Transfer:
    """The buyer transfers the money. `lines` are pairs of a label, in English, and its value."""

    lines: Sequence[tuple[str, str]]


Action = Redirect | Code | Transfer


# How it stands with an attempt. `reference` is what the service calls it: given once, it is kept.


@dataclass(frozen=True)
class Charged:
    """The service has the money. `amount` is what it has taken, by its own account."""

    amount: Money
    reference: str = ""


@dataclass(frozen=True)
class Authorized:
    """The money is reserved. The gateway looks at the portal once more, then has it captured."""

    amount: Money
    reference: str = ""


@dataclass(frozen=True)
class Declined:
    """No money, and there will be none.

    The buyer reads a sentence of the gateway's for a `code` in reasons.py, else `message`.
    """

    code: str
    message: str = ""
    reference: str = ""


@dataclass(frozen=True)
class ActionRequired:
    """`seconds` is how long the action can be taken, counted from now; 0 for no limit."""

    action: Action
    seconds: float = 0.0
    reference: str = ""


@dataclass(frozen=True)
class Processing:
    """The service is at work. The gateway looks again after `seconds`, then less and less often."""

    seconds: float = 3.0
    reference: str = ""


Outcome = Charged | Authorized | Declined | ActionRequired | Processing


@dataclass(frozen=True)
class Notification:
    """What the service has posted to /notifications. Names of `headers` are lower case.

    `shop` is the end of the path, /notifications/SHOP, else empty.
    """

    shop: str
    headers: Mapping[str, str]
    body: bytes = field(repr=False)


class RefusedError(Exception):
    """What is asked for is not possible. `message` is a sentence that a buyer may read.

    `errors` are pairs of a field of the attempt's data and what is wrong with it.
    """

    def __init__(self, code: str, message: str, errors: Sequence[tuple[str, str]] = ()) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.errors = errors


class SignatureError(Exception):
    """A notification that the service has not sent, or not now."""


class Provider(Protocol):
    """A payment service.

    A call that raises has no outcome: the gateway keeps the attempt and looks at it again. What
    takes longer than 30 seconds is ended so.
    """

    def methods(self, payment: Payment) -> Sequence[Method]:
        """What to offer for a payment, in the order of the page. Raises RefusedError."""
        ...

    def instrument(self, method: str, data: Mapping[str, Any]) -> Instrument:
        """What the buyer pays with, of the data that the method's part of the page has collected.

        It came from the buyer's browser: check it. Raises RefusedError.
        """
        ...

    async def start(self, attempt: Attempt, data: Mapping[str, Any]) -> Outcome:
        """Ask the service for the money. The attempt's ID goes with it as the idempotency key."""
        ...

    async def look(self, attempt: Attempt) -> Outcome:
        """Ask how it stands with an attempt that has been started.

        Without a `reference` nobody has heard the answer to its start: find it by its ID, or start
        it again with the same idempotency key; where that is impossible, answer Declined once it is
        certain that no money can come of it.
        """
        ...

    async def capture(self, attempt: Attempt) -> Outcome:
        """Take the money that an outcome Authorized has reserved. It may be asked for twice."""
        ...

    async def cancel(self, attempt: Attempt) -> None:
        """End an attempt for good: give the money back, let a reservation go, withdraw an action.

        It is asked for until it returns, so it may be asked for twice.
        """
        ...

    def notified(self, notification: Notification) -> Sequence[str]:
        """The IDs of the attempts that a notification is about: the gateway looks at them.

        Since it looks, notifications may come twice, late, early and in any order. Raises
        SignatureError where the service has not sent it.
        """
        ...
