"""A checkout server: it registers payments, and shows a page for each."""

import json
import time
import traceback
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from html import escape
from http.server import ThreadingHTTPServer
from threading import Lock
from typing import Any
from urllib.parse import parse_qs, parse_qsl, quote, urlsplit
from urllib.request import urlopen

from tests.check.servers import Answering

CURRENCIES = ("USD", "EUR")
SHOP_ORIGIN = "http://localhost"
FAULTS = {
    "no-payment-url": "answers with url in place of PAYMENT_URL",
    "unreadable-refusal": "refuses with status 400",
    "impossible-amount": "registers a sum of 0",
    "second-payment": "makes a payment for each call",
    "repetition-refused": "refuses a payment that it knows",
    "external-id-ignored": "makes another payment where EXTERNAL_PAYMENT_ID comes",
    "foreign-payment": "takes the EXTERNAL_PAYMENT_ID of any order",
    "live-values": "wants a sum without decimals, or with two",
    "wrong-amount": "shows whole units only",
    "page-does-not-open": "names a page that is not there",
    "phone": "has a page that is 900 px wide",
    "open-redirect": "goes wherever the query of its page says",
    "believed-sum": "takes the call's amount",
    "slow": "answers after six seconds",
    "content-type": "says that its JSON is HTML",
    "no-https": "has its page where no https is",
    "leak": "shows where it has failed",
    "crash": "fails on what it cannot read",
}
VALID = 8
"""Digits of an ID."""


class RefusedError(Exception):
    """The text is for the buyer."""


@dataclass
class Payment:
    id: str
    order: str
    amount: Decimal
    currency: str
    return_url: str


@dataclass
class Service:
    fault: str
    portal: str | None
    payments: dict[str, Payment] = field(default_factory=dict)
    lock: Lock = field(default_factory=Lock)

    def register(self, call: dict[str, str]) -> Payment:
        order = call["BX_SYSTEM_PARAMS[PAYMENT_ID]"]
        amount = self.amount(call["BX_SYSTEM_PARAMS[SUM]"])
        currency = call["BX_SYSTEM_PARAMS[CURRENCY]"]
        if currency not in CURRENCIES:
            raise RefusedError("This currency is not taken here.")
        if amount < 0 or (amount == 0 and self.fault != "impossible-amount"):
            raise RefusedError("There is nothing to pay.")
        if self.portal and self.fault != "believed-sum":
            amount = self.amount_of(order)
        external = call.get("BX_SYSTEM_PARAMS[EXTERNAL_PAYMENT_ID]", "")
        with self.lock:
            known = self.find(order, external)
            if known and self.fault == "repetition-refused":
                raise RefusedError("This payment exists already.")
            if known:
                return known
            payment = Payment(
                f"{len(self.payments):0{VALID}x}",
                order,
                amount,
                currency,
                call["BX_SYSTEM_PARAMS[RETURN_URL]"],
            )
            self.payments[payment.id] = payment
            return payment

    def find(self, order: str, external: str) -> Payment | None:
        if self.fault == "second-payment" or (external and self.fault == "external-id-ignored"):
            return None
        if external and self.fault == "foreign-payment":
            return self.payments.get(external)
        return next((known for known in self.payments.values() if known.order == order), None)

    def amount(self, text: str) -> Decimal:
        _, _, decimals = text.partition(".")
        if self.fault == "live-values" and len(decimals) not in (0, 2):
            raise RefusedError("This is no amount.")
        try:
            return Decimal(text)
        except InvalidOperation:
            raise RefusedError("This is no amount.") from None

    def amount_of(self, order: str) -> Decimal:
        try:
            with urlopen(f"{self.portal}sale.payment.get.json?id={order}") as answer:
                return Decimal(str(json.load(answer)["result"]["payment"]["sum"]))
        except OSError:
            raise RefusedError("The shop does not know this payment.") from None


class Handler(Answering):
    service: Service

    def do_POST(self) -> None:
        call = dict(parse_qsl(self.read_body().decode("utf-8", "replace"), keep_blank_values=True))
        fault = self.service.fault
        try:
            payment = self.service.register(call)
        except KeyError:
            if fault == "crash":
                return self.answer(500, {"PAYMENT_ERRORS": ["It did not work."]})
            text = "This is no call of the shop."
            if fault == "leak":
                text = traceback.format_exc()
            return self.answer(400, {"PAYMENT_ERRORS": [text]})
        except RefusedError as refused:
            status = 400 if fault == "unreadable-refusal" else 200
            return self.answer(status, {"PAYMENT_ERRORS": [str(refused)]})
        if fault == "slow":
            time.sleep(5.2)
        url = f"http://{self.headers['host']}/pay/{payment.id}"
        if fault == "open-redirect":
            url += f"?return={quote(payment.return_url, safe='')}"
        elif fault == "page-does-not-open":
            url = url.replace("/pay/", "/nowhere/")
        elif fault == "no-https":
            url = f"http://pay.invalid/{payment.id}"
        name = "url" if fault == "no-payment-url" else "PAYMENT_URL"
        return self.answer(200, {name: url, "PAYMENT_ID": payment.id})

    def do_GET(self) -> None:
        address = urlsplit(self.path)
        if back := parse_qs(address.query).get("return"):
            if back[0].startswith(SHOP_ORIGIN):
                return self.page(self.service.payments[address.path.removeprefix("/pay/")])
            return self.redirect(back[0])
        payment = self.service.payments.get(address.path.removeprefix("/pay/"))
        if payment:
            return self.page(payment)
        return self.answer(404, {"PAYMENT_ERRORS": ["There is no such payment."]})

    def page(self, payment: Payment) -> None:
        amount = f"{payment.amount:,.2f}"
        if self.service.fault == "wrong-amount":
            amount = f"{payment.amount // 1}.00"
        width = "width: 900px" if self.service.fault == "phone" else "max-width: 100%"
        html = f"""<!doctype html><meta charset="utf-8"><title>Pay</title>
          <meta name="viewport" content="width=device-width, initial-scale=1">
          <main style="{width}"><h1>Pay {escape(payment.currency)} {amount}</h1>
          <button>Pay</button> <a href="{escape(payment.return_url)}">Back to the shop</a></main>"""
        self.send(200, "text/html; charset=utf-8", html.encode())

    def answer(self, status: int, content: dict[str, Any]) -> None:
        type = "text/html" if self.service.fault == "content-type" else "application/json"
        self.send(status, type, json.dumps(content).encode())


def server(fault: str = "", port: int = 0, portal: str | None = None) -> ThreadingHTTPServer:
    handler = type("Handler", (Handler,), {"service": Service(fault, portal)})
    return ThreadingHTTPServer(("127.0.0.1", port), handler)
