"""Your payment service: the only file that knows it. Until it is filled in, it is a stand-in that
takes test cards and moves no money."""

import hashlib
import hmac
import json
import os
import sqlite3
import sys
from typing import Any, Literal, NamedTuple
from urllib.parse import urlsplit

# TODO: take these lines away once charge() takes money. They keep test cards off a real portal.
if urlsplit(os.environ.get("PAYFRAME_PORTAL", "")).hostname not in ("localhost", "127.0.0.1"):
    sys.exit("PAYFRAME_PORTAL is no portal of this machine, and service.py moves no money yet.")

charges = sqlite3.connect(os.environ.get("DATABASE", "payments.db"), check_same_thread=False)
charges.execute(
    "CREATE TABLE IF NOT EXISTS test_charge (reference PRIMARY KEY, value, currency, card)"
)


class Outcome(NamedTuple):
    """`reason` is for the buyer: a sentence that says why the card was declined."""

    status: Literal["charged", "declined", "processing"]
    reason: str = ""


class Notification(NamedTuple):
    """`id` is the notification's own, the same when it is sent again."""

    id: str
    reference: str
    value: str
    currency: str
    outcome: Outcome


async def charge(reference: str, value: str, currency: str, data: dict[str, Any]) -> Outcome:
    """Charge `value`, a decimal string, in `currency`, ISO 4217. `data` is what the page asked for.

    Whatever is raised leaves the attempt in processing until find() knows.
    """
    # TODO: call your service, with a timeout of 30 s. `reference` is its idempotency key: the same
    # one is charged once. Many services count in minor units: 100.00 USD is 10000, 128 JPY is 128.
    charge = (reference, value, currency, data.get("number"))
    with charges:
        charges.execute("INSERT OR IGNORE INTO test_charge VALUES (?, ?, ?, ?)", charge)
    return await find(reference) or Outcome("processing")


async def find(reference: str) -> Outcome | None:
    """What has become of a charge, for when its answer or notification is lost; None: no charge."""
    # TODO: ask your service for the charge with this idempotency key or reference.
    query = "SELECT card FROM test_charge WHERE reference = ?"
    match charges.execute(query, (reference,)).fetchone():
        case None:
            return None
        case ("4242424242424242",):
            return Outcome("charged")
        case ("4000000000000077",):  # until the notification comes
            return Outcome("processing")
        case _:
            return Outcome("declined", "Your bank declined this card.")


def read_notification(body: bytes, signature: str) -> Notification | None:
    """What the service tells by itself; None where it was not the service."""
    # TODO: the header (here Signature), algorithm and fields of your service.
    secret = os.environ.get("NOTIFICATION_SECRET", "").encode()
    expected = hmac.new(secret, body, hashlib.sha256).hexdigest()
    if not secret or not hmac.compare_digest(expected.encode(), signature.encode()):
        return None
    told = json.loads(body)
    outcome = Outcome(told["status"], told.get("reason", ""))
    return Notification(told["id"], told["reference"], told["value"], told["currency"], outcome)
