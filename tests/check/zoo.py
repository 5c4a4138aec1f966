"""The pages of the zoo, and the little server that shows them.

pages/FAMILY/RULE/*.html each break just that rule, pages/good/*.html none, and pages/vendor/*.html
what the vendor's samples break. A page that needs response headers begins with comments of the form
`<!-- header: NAME: VALUE -->`. What is asked for with `?after=SECONDS` comes so much later, as from
a slow server.
"""

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import parse_qs, urlsplit

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
        super().do_GET()

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
