"""The payment page's side: it calls the gateway's API, as the buyer's browser would."""

import http.client
import json
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, urlsplit

import httpx

from ..exchange import JSON, exchange, new_client
from .visit import FINAL, Call

PAYMENTS = "/payments"
PAYMENT = "/payments/{id}"
ATTEMPTS = "/payments/{id}/attempts"
PATIENCE = 15.0
"""Seconds after which a payment that is being processed is taken for one that stays so."""
POLLING = 0.2


@dataclass(frozen=True)
class Method:
    """A way to pay: its type, and the data that it is tried with, approved and declined."""

    type: str
    approved: dict[str, Any]
    declined: dict[str, Any] | None


@dataclass
class PaymentPage:
    """`url` is the gateway's base URL, `fields` are the values of FIELDS."""

    url: str
    method: Method
    fields: dict[str, str]
    client: httpx.Client = field(default_factory=new_client)

    def __post_init__(self) -> None:
        parts = urlsplit(self.url)
        self.origin = f"{parts.scheme}://{parts.netloc}"

    def open(self, name: str, payment_id: object, pay_system_id: object) -> Call:
        """createPayment."""
        body = {
            "payment_id": payment_id,
            "paysystem_id": pay_system_id,
            "fields": self.fields,
        }
        return self.call(name, "POST", PAYMENTS, PAYMENTS, body)

    def look(self, name: str, id: str) -> Call:
        """getPayment."""
        return self.call(name, "GET", PAYMENT, f"/payments/{quote(id, safe='')}")

    def attempt(self, name: str, opened: Call, key: str | None, **changes: Any) -> Call:
        """createAttempt for a payment that was opened, with its amount and the approved data."""
        path, body = self.intent(opened, **changes)
        headers = {"Idempotency-Key": key} if key is not None else {}
        return self.call(name, "POST", ATTEMPTS, path, body, headers)

    def attempts_at_once(self, opened: Call, keys: dict[str, str]) -> list[Call]:
        """Attempts at the same moment: the name of each, and its key."""
        with ThreadPoolExecutor(len(keys)) as threads:
            return list(threads.map(lambda name: self.attempt(name, opened, keys[name]), keys))

    def attempt_and_hang_up(self, opened: Call, key: str) -> None:
        """Send an attempt, and close the connection before anything comes back."""
        path, body = self.intent(opened)
        parts = urlsplit(self.url)
        secure = parts.scheme == "https"
        kind = http.client.HTTPSConnection if secure else http.client.HTTPConnection
        connection = kind(parts.netloc, timeout=PATIENCE)
        headers = {**self.headers, "Idempotency-Key": key}
        connection.request("POST", parts.path + path, json.dumps(body), headers)
        connection.close()

    def intent(self, opened: Call, **changes: Any) -> tuple[str, dict[str, Any]]:
        """The path and the body of an attempt."""
        body = {
            "method": self.method.type,
            "amount": opened.answer.get("amount"),
            "return_url": f"{self.origin}/",
            "data": self.method.approved,
            **changes,
        }
        return f"/payments/{quote(str(opened.answer.get('id')), safe='')}/attempts", body

    def wait(
        self, name: str, opened: Call, done: Callable[[Call], bool], patience: float = PATIENCE
    ) -> Call:
        """Ask for a payment until something is true of it, or patience has ended."""
        end = time.monotonic() + patience
        while True:
            call = self.look(name, str(opened.answer.get("id")))
            if done(call) or time.monotonic() > end:
                return call
            time.sleep(POLLING)

    def outcome(self, name: str, opened: Call) -> Call:
        """What a payment comes to."""
        return self.wait(name, opened, lambda call: call.payment_status in FINAL)

    @property
    def headers(self) -> dict[str, str]:
        return {"Content-Type": JSON, "Origin": self.origin, "Accept-Language": "en"}

    def call(
        self,
        name: str,
        verb: str,
        operation: str,
        path: str,
        body: Any = None,
        headers: dict[str, str] | None = None,
    ) -> Call:
        sent = json.dumps(body) if body is not None else ""
        all_headers = {**self.headers, **(headers or {})}
        return Call(
            name, operation, exchange(self.client, verb, self.url + path, sent, all_headers)
        )
