"""The receiver of a form: it keeps the payment, and leads to a page of its own."""

import traceback
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from html import escape
from http.server import ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit

from tests.check.servers import Answering

SHOP_HOST = "localhost"
FAULTS = {
    "page-does-not-open": "takes GET alone",
    "wrong-amount": "shows whole units only",
    "phone": "has no viewport",
    "no-way-back": "has no link to the shop",
    "open-redirect": "links to any BX_RETURN_URL",
    "unescaped-value": "shows a value as it came",
    "lost-on-reload": "shows a payment once",
    "second-payment": "makes a payment for each form",
    "refused-again": "refuses a payment that it knows",
    "no-https": "leads to a page without https",
    "crash": "shows where it has failed",
}


@dataclass
class Payment:
    id: str
    order: str
    amount: Decimal
    currency: str
    return_url: str
    shown: int = 0


@dataclass
class Service:
    fault: str
    payments: dict[str, Payment] = field(default_factory=dict)

    def take(self, form: dict[str, str]) -> Payment:
        amount = Decimal(form["sum"].split('"')[0])
        order = form["paymentId"]
        known = next((old for old in self.payments.values() if old.order == order), None)
        if known and self.fault == "refused-again":
            raise KeyError(order)
        if known and self.fault != "second-payment":
            return known
        new = Payment(
            f"{len(self.payments):06}", order, amount, form["currency"], form["BX_RETURN_URL"]
        )
        self.payments[new.id] = new
        return new


class Handler(Answering):
    service: Service

    def do_POST(self) -> None:
        if self.service.fault == "page-does-not-open":
            return self.page(405, "This is not the way.")
        return self.take(self.read_body().decode("utf-8", "replace"))

    def take(self, encoded: str) -> None:
        fault = self.service.fault
        form = dict(parse_qsl(encoded, keep_blank_values=True))
        try:
            payment = self.service.take(form)
        except (KeyError, InvalidOperation):
            if fault == "crash":
                return self.page(500, f"<pre>{escape(traceback.format_exc())}</pre>")
            return self.page(400, "This is no order.")
        payment.shown = 0
        host = "pay.invalid" if fault == "no-https" else self.headers["host"]
        return self.redirect(f"http://{host}/payments/{payment.id}")

    def do_GET(self) -> None:
        fault = self.service.fault
        address = urlsplit(self.path)
        if address.path == "/pay":
            return self.take(address.query)
        payment = self.service.payments.get(address.path.rpartition("/")[2])
        if payment is None:
            return self.page(404, "There is no such payment.")
        payment.shown += 1
        if fault == "lost-on-reload" and payment.shown > 1:
            return self.page(404, "This payment has been shown.")
        amount = f"{payment.amount // 1 if fault == 'wrong-amount' else payment.amount:,.2f}"
        currency = payment.currency if fault == "unescaped-value" else escape(payment.currency)
        return self.page(200, f"<h1>Pay {currency} {amount}</h1>{self.way_back(payment)}")

    def way_back(self, payment: Payment) -> str:
        fault = self.service.fault
        ours = urlsplit(payment.return_url).hostname == SHOP_HOST
        if fault == "no-way-back" or not (ours or fault == "open-redirect"):
            return "<button>Pay</button>"
        return f'<button>Pay</button> <a href="{escape(payment.return_url)}">Back to the shop</a>'

    def page(self, status: int, html: str) -> None:
        view = '<meta name="viewport" content="width=device-width, initial-scale=1">'
        head = '<!doctype html><meta charset="utf-8"><title>Pay</title>'
        if self.service.fault != "phone":
            head += view
        self.send(status, "text/html; charset=utf-8", (head + html).encode())


def server(fault: str = "", port: int = 0, portal: str | None = None) -> ThreadingHTTPServer:
    """It asks no portal."""
    del portal
    handler = type("Handler", (Handler,), {"service": Service(fault)})
    return ThreadingHTTPServer(("127.0.0.1", port), handler)
