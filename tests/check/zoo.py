"""The pages of the zoo, and the little server that shows them.

pages/FAMILY/RULE/*.html each break just that rule, pages/good/*.html none, and pages/vendor/*.html
what the vendor's samples break. A page that needs response headers begins with comments of the form
`<!-- header: NAME: VALUE -->`. What is asked for with `?after=SECONDS` comes so much later, as from
a slow server. A POST is answered with 303 to its own address with the form as the query, and a
*.htm has the values of its query in place of their `{NAME}`.
"""

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from html import escape
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import parse_qs, parse_qsl, urlsplit

PAGES = Path(__file__).parent / "pages"
GOOD = sorted(PAGES.glob("good/*.html"))
VENDOR = sorted(PAGES.glob("vendor/*.html"))
BAD = sorted(set(PAGES.rglob("*.html")) - set(GOOD) - set(VENDOR))
HEADER = re.compile(r"<!-- header: ([\w-]+): (.+?) -->")


def rule_of(page: Path) -> str:
    """The ID of the rule that a bad page breaks."""
    return page.parent.relative_to(PAGES).as_posix()


def name_of(page: Path) -> str:
    return page.relative_to(PAGES).as_posix()


class Keeper(SimpleHTTPRequestHandler):
    def do_GET(self) -> None:
        for seconds in parse_qs(urlsplit(self.path).query).get("after", []):
            time.sleep(float(seconds))
        file = Path(self.translate_path(self.path))
        if file.suffix == ".htm" and file.is_file():
            self.send_rendered(file)
        else:
            super().do_GET()

    def do_POST(self) -> None:
        """As a server that keeps what was sent, and renders a page with it."""
        form = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.send_response(HTTPStatus.SEE_OTHER)
        self.send_header("Location", f"{self.path}?{form}")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def send_rendered(self, file: Path) -> None:
        text = file.read_text()
        for name, value in parse_qsl(urlsplit(self.path).query):
            text = text.replace(f"{{{name}}}", escape(value))
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(text.encode())

    def end_headers(self) -> None:
        file = Path(self.translate_path(self.path))
        if file.is_file() and file.suffix == ".html":
            for name, value in HEADER.findall(file.read_text()):
                self.send_header(name, value)
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:
        pass


@contextmanager
def zoo(pages: Path = PAGES) -> Iterator[str]:
    """Serve a folder of pages until the block ends; its base URL."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Keeper, directory=str(pages)))
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
