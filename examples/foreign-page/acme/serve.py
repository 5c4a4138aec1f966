"""Acme's payment service: the page, and the server that takes the money behind it.

WEBHOOK=https://PORTAL/rest/1/CODE/ python serve.py PORT
"""

import json
import os
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Lock
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import parse_qs, urlencode, urlsplit
from urllib.request import urlopen

PAGE = Path(__file__).with_name("page.html")
LARGEST_BODY = 10_000
"""Bytes."""


class RefusedError(Exception):
    """No money is taken; the text is for the buyer."""


class Bank:
    """Stands for the service that moves money: put the calls of yours here.

    Like a real one it charges once for a key, however often it is asked.
    """

    def __init__(self) -> None:
        self._charges: dict[str, str] = {}
        self._lock = Lock()

    def charge(self, key: str, card: str, amount: str) -> None:
        with self._lock:
            if key in self._charges:
                return
            if card.replace(" ", "") != "4242424242424242":
                raise RefusedError("Your bank declined this card.")
            self._charges[key] = amount


BANK = Bank()


def call(method: str, **params: str) -> Any:
    """A method of the portal's REST; numbers keep their digits, as text."""
    url = f"{os.environ['WEBHOOK'].rstrip('/')}/{method}"
    try:
        with urlopen(url, urlencode(params).encode(), timeout=10) as answer:
            return json.load(answer, parse_float=str)["result"]
    except HTTPError as error:
        error.close()
        raise RefusedError("The shop does not know this payment.") from error
    except URLError as error:
        raise RefusedError("The shop cannot be reached right now.") from error


def find(payment_id: str) -> dict[str, Any]:
    """What the portal says of a payment. Whatever a browser says of it may be made up."""
    payment: dict[str, Any] = call("sale.payment.get", id=payment_id)["payment"]
    return payment


def amount(payment: dict[str, Any]) -> str:
    return f"{payment['sum']} {payment['currency']}"


def pay(payment_id: str, card: str, seen: str) -> None:
    """Take the money, then tell the portal. `seen` is the amount that the buyer agreed to."""
    payment = find(payment_id)
    if payment["paid"] == "Y":
        raise RefusedError("This payment is paid already.")
    if amount(payment) != seen:
        raise RefusedError(f"The amount is {amount(payment)} now. Please load the page again.")
    BANK.charge(f"payment-{payment['id']}", card, amount(payment))
    call(
        "sale.paysystem.pay.payment", PAYMENT_ID=payment["id"], PAY_SYSTEM_ID=payment["paySystemId"]
    )


class Acme(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        url = urlsplit(self.path)
        if url.path == "/":
            return self.answer(200, PAGE.read_bytes(), "text/html; charset=utf-8")
        return self.attempt(lambda: amount(find(parse_qs(url.query)["payment"][0])))

    def do_POST(self) -> None:
        length = int(self.headers.get("Content-Length", 0))
        if length > LARGEST_BODY:
            return self.answer(413)
        sent = parse_qs(self.rfile.read(length).decode(errors="replace"))
        return self.attempt(lambda: pay(*(sent[name][0] for name in ("payment", "card", "amount"))))

    def attempt(self, action: Any) -> None:
        try:
            self.answer(200, (action() or "paid").encode())
        except RefusedError as error:
            self.answer(422, str(error).encode())
        except KeyError as error:
            self.answer(422, f"{error} is missing.".encode())

    def answer(self, status: int, content: bytes = b"", type: str = "text/plain") -> None:
        self.send_response(status)
        self.send_header("Content-Type", type)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


if __name__ == "__main__":
    with ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Acme) as server:
        server.serve_forever()
