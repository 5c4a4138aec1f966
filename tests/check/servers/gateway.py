"""A gateway: it reads orders from the portal, charges in memory, and reports what is paid."""

import json
import re
import time
from dataclasses import dataclass, field
from decimal import Decimal
from http.server import ThreadingHTTPServer
from threading import Event, Lock, RLock, Thread
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen
from uuid import uuid4

from tests.check.servers import Answering

DECLINED = "4000000000000002"
FAULTS = {
    "not-as-described": "answers amounts as numbers",
    "wrong-amount": "rounds to whole units",
    "forgotten-payment": "opens a payment anew each time",
    "unknown-payment": "opens a payment of another payment system",
    "believed-amount": "charges what the page says",
    "second-charge": "looks whether a payment is paid before it waits for the bank, not after",
    "failed-retry": "fails where a key comes again",
    "not-reported": "reports once, whether the portal answers or not",
    "reported-without-money": "reports before it charges",
    "final-decline": "takes no attempt after a decline",
    "wrong-attempt": "takes an attempt without a key",
    "card-shown": "answers with what it was sent",
}
BANK = 0.05
"""Seconds that a charge takes."""
RETRY = 0.2
ATTEMPT_ID = re.compile(r"/gateway/payments/([0-9a-f]{1,40})/attempts")
PAYMENT_ID = re.compile(r"/gateway/payments/([0-9a-zA-Z-]+)")


class ProblemError(Exception):
    def __init__(self, status: int, code: str, detail: str) -> None:
        super().__init__(detail)
        self.status, self.code = status, code


@dataclass
class Payment:
    id: str
    payment_id: int
    system_id: int
    amount: Decimal
    currency: str
    status: str = "open"
    error: str = ""
    keys: set[str] = field(default_factory=set)
    lock: Any = field(default_factory=RLock)


@dataclass
class Service:
    fault: str
    portal: str
    payments: dict[str, Payment] = field(default_factory=dict)
    lock: Lock = field(default_factory=Lock)
    unreported: list[Payment] = field(default_factory=list)
    ended: Event = field(default_factory=Event)

    def ask(self, method: str, params: dict[str, Any]) -> Any:
        request = Request(
            f"{self.portal}{method}.json",
            json.dumps(params).encode(),
            {"Content-Type": "application/json"},
        )
        try:
            with urlopen(request) as answer:
                return json.loads(answer.read(), parse_float=Decimal)["result"]
        except HTTPError as error:
            error.close()
            if error.code < 500:
                raise ProblemError(404, "payment_not_found", "There is no such payment.") from None
            raise ProblemError(503, "portal_down", "The shop does not answer.") from None
        except URLError:
            raise ProblemError(503, "portal_down", "The shop does not answer.") from None

    def order(self, payment_id: int, system_id: int) -> tuple[Decimal, str]:
        found = self.ask("sale.payment.get", {"id": payment_id})["payment"]
        if self.fault != "unknown-payment":
            both = {"PAYMENT_ID": payment_id, "PAY_SYSTEM_ID": system_id}
            self.ask("sale.paysystem.settings.payment.get", both)
        return Decimal(str(found["sum"])), found["currency"]

    def open(self, body: dict[str, Any]) -> Payment:
        try:
            payment_id, system_id = int(body["payment_id"]), int(body["paysystem_id"])
        except (KeyError, TypeError, ValueError):
            raise ProblemError(422, "invalid_request", "This is no payment.") from None
        amount, currency = self.order(payment_id, system_id)
        if self.fault == "wrong-amount":
            amount = amount // 1
        with self.lock:
            for known in self.payments.values():
                same = (known.payment_id, known.system_id) == (payment_id, system_id)
                if same and self.fault != "forgotten-payment":
                    return known
            payment = Payment(uuid4().hex, payment_id, system_id, amount, currency)
            self.payments[payment.id] = payment
            return payment

    def attempt(self, payment: Payment, key: str, body: dict[str, Any], origin: str) -> None:
        if not key and self.fault != "wrong-attempt":
            raise ProblemError(400, "no_key", "An Idempotency-Key is needed.")
        method, amount, data = (body.get(name) for name in ("method", "amount", "data"))
        if method != "card" or not isinstance(amount, dict) or not isinstance(data, dict):
            raise ProblemError(422, "invalid_request", "This way to pay is not offered here.")
        back = urlsplit(str(body.get("return_url")))
        if f"{back.scheme}://{back.netloc}" != origin:
            raise ProblemError(422, "return_url_refused", "This is not the way back.")
        with payment.lock:
            if key in payment.keys:
                if self.fault == "failed-retry":
                    raise RuntimeError("UNIQUE constraint failed: attempts.key")
                return
            if payment.status == "failed" and self.fault == "final-decline":
                raise ProblemError(409, "failed", "This payment has failed.")
            if payment.status in ("paid", "processing") and self.fault != "second-charge":
                return
            now = self.order(payment.payment_id, payment.system_id)
            seen = (Decimal(str(amount.get("value"))), amount.get("currency"))
            if now != seen and self.fault != "believed-amount":
                raise ProblemError(409, "amount_changed", "The amount has changed.")
            payment.keys.add(key)
            time.sleep(BANK)
            if data.get("number") == DECLINED:
                if self.fault == "reported-without-money":
                    self.report(payment)
                payment.status, payment.error = "failed", "Your bank declined this card."
                return
            payment.status = "processing"
            self.settle(payment)

    def settle(self, payment: Payment) -> None:
        try:
            self.report(payment)
            payment.status = "paid"
        except ProblemError:
            if self.fault != "not-reported":
                self.unreported.append(payment)

    def report(self, payment: Payment) -> None:
        both = {"PAYMENT_ID": payment.payment_id, "PAY_SYSTEM_ID": payment.system_id}
        self.ask("sale.paysystem.pay.payment", both)

    def work(self) -> None:
        """Report what the portal could not be told."""
        while not self.ended.wait(RETRY):
            waiting, self.unreported = self.unreported, []
            for payment in waiting:
                self.settle(payment)

    def describe(self, payment: Payment) -> dict[str, Any]:
        value = f"{payment.amount:f}"
        error = {"code": "card_declined", "message": payment.error}
        return {
            "id": payment.id,
            "status": payment.status,
            "amount": {
                "value": float(value) if self.fault == "not-as-described" else value,
                "currency": payment.currency,
            },
            "description": f"Payment {payment.payment_id}",
            "methods": [{"type": "card", "label": "Card"}],
            "action": None,
            "error": error if payment.status == "failed" else None,
        }


class Handler(Answering):
    service: Service

    def do_POST(self) -> None:
        self.carry_out(self.post)

    def do_GET(self) -> None:
        self.carry_out(self.get)

    def post(self) -> None:
        service = self.service
        try:
            body = json.loads(self.read_body())
        except ValueError:
            raise ProblemError(422, "invalid_request", "This is no JSON.") from None
        if not isinstance(body, dict):
            raise ProblemError(422, "invalid_request", "This is no object.")
        if self.path == "/gateway/payments":
            return self.answer(201, service.describe(service.open(body)))
        found = ATTEMPT_ID.fullmatch(self.path)
        payment = service.payments.get(found[1]) if found else None
        if not payment:
            raise ProblemError(404, "payment_not_found", "There is no such payment.")
        key = self.headers.get("idempotency-key") or ""
        service.attempt(payment, key, body, self.headers.get("origin") or "")
        described = service.describe(payment)
        if service.fault == "card-shown":
            described["description"] += f", {body['data'].get('number')}"
        return self.answer(201, described)

    def get(self) -> None:
        found = PAYMENT_ID.fullmatch(self.path)
        payment = self.service.payments.get(found[1]) if found else None
        if not payment:
            raise ProblemError(404, "payment_not_found", "There is no such payment.")
        self.answer(200, self.service.describe(payment))

    def carry_out(self, work: Any) -> None:
        try:
            work()
        except ProblemError as problem:
            self.problem(problem.status, problem.code, str(problem))
        except RuntimeError:
            self.problem(500, "crashed", "It did not work.")

    def problem(self, status: int, code: str, detail: str) -> None:
        content = {"type": "about:blank", "title": code, "status": status, "code": code}
        self.answer(status, {**content, "detail": detail}, "application/problem+json")

    def answer(self, status: int, content: Any, type: str = "application/json") -> None:
        self.send(status, type, json.dumps(content).encode())


class Server(ThreadingHTTPServer):
    """Ends its worker with itself."""

    request_queue_size = 64

    def __init__(self, service: Service, port: int) -> None:
        super().__init__(("127.0.0.1", port), type("Handler", (Handler,), {"service": service}))
        self.service = service
        Thread(target=service.work, daemon=True).start()

    def server_close(self) -> None:
        self.service.ended.set()
        super().server_close()

    def handle_error(self, request: object, client_address: object) -> None:
        """A client has hung up."""


def server(fault: str = "", port: int = 0, portal: str | None = None) -> Server:
    assert portal, "a gateway needs a portal"
    return Server(Service(fault, portal), port)
