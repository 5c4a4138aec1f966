"""The platform's side of checkout mode: it makes payments, and calls ACTION_URI for them."""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urlencode

import httpx
from starlette.datastructures import URL

from ...sale.handlers import handler_of
from ...sale.values import explained_values
from ...seller.checkout import CheckoutAnswer, call_for, read_answer
from ...seller.payment import return_url
from ...server.in_process import Running
from ...store.models import Payment
from ..exchange import FORM, exchange, new_client
from ..recording import Request
from ..target import Target
from .visit import Call

Changes = Mapping[str, str | None]
"""Keys of the call -> another value, or None to leave them out."""


def of_system(**values: str | None) -> Changes:
    """Changes to BX_SYSTEM_PARAMS, by the names of its keys."""
    return {f"BX_SYSTEM_PARAMS[{name}]": value for name, value in values.items()}


@dataclass
class Platform:
    server: Running
    target: Target
    client: httpx.Client = field(default_factory=new_client)

    def __post_init__(self) -> None:
        self.url, self.new_payment = self.target.payments(self.server)

    def body(self, payment_id: int, changes: Changes) -> dict[str, str]:
        """The call for a payment, by its keys, as the platform writes it."""
        with self.server.store.read() as session:
            payment = session.get_one(Payment, payment_id)
            handler = handler_of(session, payment.pay_system)
            assert handler
            values = explained_values(session, payment, payment.pay_system)
            page = URL(f"{self.server.addresses.seller}/payments/{payment_id}")
            call = call_for(payment, handler, values, {}, return_url(page, payment))
        body: dict[str, Any] = dict(parse_qsl(call.body, keep_blank_values=True)) | dict(changes)
        return {key: value for key, value in body.items() if value is not None}

    def call(
        self, name: str, payment_id: int, changes: Changes | None = None, amount: str = ""
    ) -> Call:
        """Call ACTION_URI for a payment. `amount` is what it is about, by default the target's."""
        body = urlencode(self.body(payment_id, changes or {}))
        headers = {"Content-Type": FORM}
        request = exchange(self.client, "POST", self.url, body, headers)
        return Call(name, payment_id, amount or self.target.amount, request, meaning(request))

    def at_once(self, names: tuple[str, ...], payment_id: int) -> list[Call]:
        """The same call several times at the same moment."""
        with ThreadPoolExecutor(len(names)) as threads:
            return list(threads.map(lambda name: self.call(name, payment_id), names))

    def send(self, name: str, method: str, body: str | bytes, content_type: str) -> Call:
        """Send what is no call of the platform."""
        headers = {"Content-Type": content_type} if body else {}
        request = exchange(self.client, method, self.url, body, headers)
        return Call(name, 0, self.target.amount, request, meaning(request))


def meaning(request: Request) -> CheckoutAnswer:
    """What the platform takes from an answer."""
    seen: dict[str, Any] = {
        "status": request.status,
        "text": request.received,
        "seconds": request.time,
    }
    if request.failure:
        return CheckoutAnswer(cause=request.failure, **seen)
    if request.status != 200:
        return CheckoutAnswer(cause=f"answered HTTP {request.status}, expected 200", **seen)
    return read_answer(request.received.encode(), **seen)
