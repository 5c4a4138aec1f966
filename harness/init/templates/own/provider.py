"""Your payment service: the only file that knows it. Until it is filled in, it is a stand-in that
takes test cards and moves no money."""

import hashlib
import hmac
import json
import os
import sys
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from payframe.gateway import (
    Attempt,
    Authorized,
    Charged,
    Declined,
    Instrument,
    Method,
    Notification,
    Outcome,
    Payment,
    Processing,
    RefusedError,
    SignatureError,
)

# TODO: take these lines away once start() asks your service. They keep test cards off real portals.
portal = os.environ.get("PAYFRAME_PORTAL", "http://localhost/")
if urlsplit(portal).hostname not in ("localhost", "127.0.0.1"):
    sys.exit("PAYFRAME_PORTAL is no portal of this machine, and provider.py moves no money yet.")


class MyService:
    """What payframe's gateway asks, and when: docs/provider.md of payframe."""

    def __init__(self) -> None:
        self.charges: dict[str, str] = {}
        """The stand-in's memory: attempt -> what has become of it."""

    def methods(self, payment: Payment) -> Sequence[Method]:
        """The ways to pay that the page offers for a payment; RefusedError for none."""
        # TODO: what your service has. payment.settings are the merchant's values of CODES.
        return [Method("card", "Card")]

    def instrument(self, method: str, data: Mapping[str, Any]) -> Instrument:
        """What the buyer pays with, of what the page has collected. It came from a browser."""
        # TODO: check what your method's part of the page sends. `token` is written down, so that a
        # start can be repeated: give the token of your service's own card fields, never a number.
        number = str(data.get("number", ""))
        if not (number.isdigit() and 12 <= len(number) <= 19):
            problem = ("data.number", "expected 12 to 19 digits")
            raise RefusedError("invalid_card", "This is not a card number.", [problem])
        outcome = TEST_CARDS.get(number, "card_declined")
        return Instrument(token=outcome, brand="Card", last4=number[-4:])

    async def start(self, attempt: Attempt, data: Mapping[str, Any]) -> Outcome:
        """Ask the service for attempt.amount, a decimal string and its ISO 4217 code."""
        # TODO: call your service. attempt.id is its idempotency key: the same one is charged once.
        # Many services count in minor units: 100.00 USD is 10000, 128 JPY is 128. Whatever is
        # raised leaves the attempt open until look() knows.
        self.charges.setdefault(attempt.id, attempt.instrument.token)
        return await self.look(attempt)

    async def look(self, attempt: Attempt) -> Outcome:
        """Ask the service how it stands, for when an answer or a notification is lost."""
        # TODO: find the charge by attempt.reference, your service's own ID, or by attempt.id where
        # the answer to start() was never heard.
        match self.charges.get(attempt.id, attempt.instrument.token):
            case "charged":
                return Charged(attempt.amount, reference=f"ch_{attempt.id}")
            case "authorized":
                return Authorized(attempt.amount, reference=f"ch_{attempt.id}")
            case "processing":  # until the notification comes
                return Processing()
            case code:
                return Declined(code)

    async def capture(self, attempt: Attempt) -> Outcome:
        """Take the money that Authorized has reserved: the order has been looked at again."""
        # TODO: leave it as it is where your service never only reserves.
        self.charges[attempt.id] = "charged"
        return await self.look(attempt)

    async def cancel(self, attempt: Attempt) -> None:
        """Give the money back, let a reservation go, or withdraw what the buyer was to do."""
        # TODO: ask your service. It is asked for again until this returns.
        self.charges[attempt.id] = "declined"

    def notified(self, notification: Notification) -> Sequence[str]:
        """The IDs of the attempts that the service has news of; SignatureError if it is not it."""
        # TODO: the header (here Signature), algorithm and fields of your service.
        secret = os.environ.get("NOTIFICATION_SECRET", "").encode()
        expected = hmac.new(secret, notification.body, hashlib.sha256).hexdigest()
        signature = notification.headers.get("signature", "")
        if not secret or not hmac.compare_digest(expected.encode(), signature.encode()):
            raise SignatureError("the signature is wrong")
        told = json.loads(notification.body)
        self.charges[told["attempt"]] = told["status"]
        return [told["attempt"]]


TEST_CARDS = {
    "4242424242424242": "charged",
    "4000000000000002": "card_declined",
    "4000000000009995": "insufficient_funds",
    "4000000000000036": "authorized",
    "4000000000000077": "processing",
}
provider = MyService()
