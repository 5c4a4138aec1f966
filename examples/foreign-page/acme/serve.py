"""The page as a static file, and the one call that it makes: WEBHOOK=... python serve.py PORT."""

import os
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlencode
from urllib.request import urlopen

PAGE = Path(__file__).with_name("page.html")


class Acme(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.answer(200, PAGE.read_bytes(), "text/html; charset=utf-8")

    def do_POST(self) -> None:
        sent = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        call = urlencode({"PAYMENT_ID": sent["payment"][0], "PAY_SYSTEM_ID": sent["system"][0]})
        urlopen(f"{os.environ['WEBHOOK']}/sale.paysystem.pay.payment", call.encode()).close()
        self.answer(204)

    def answer(self, status: int, content: bytes = b"", type: str = "text/plain") -> None:
        self.send_response(status)
        self.send_header("Content-Type", type)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


if __name__ == "__main__":
    with ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Acme) as server:
        server.serve_forever()
