"""Payment services that are not ours: what stands at an ACTION_URI, good or bad."""

import contextlib
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest
from payframe.harness.seller.checkout import Limits
from payframe.harness.store.database import Store

from tests.harness.support import Running, serve

Answering = Callable[[BaseHTTPRequestHandler], object]
LIMITS = Limits(connect=1.0, total=1.5, size=1_000_000)


class Service:
    """A service at `url`.

    `answer` is what it does with a request, `bodies` and `headers` what it has got.
    """

    def __init__(self, url: str) -> None:
        self.url = url
        self.bodies: list[str] = []
        self.headers: list[dict[str, str]] = []
        self.answer: Answering = lambda request: reply(request, "{}")
        self.ended = Event()
        self.released = Event()


def reply(request: BaseHTTPRequestHandler, text: str, status: int = 200, **headers: str) -> None:
    request.send_response(status)
    for name, value in headers.items():
        request.send_header(name.replace("_", "-"), value)
    request.end_headers()
    request.wfile.write(text.encode())


@contextmanager
def serving() -> Iterator[Service]:
    class Handler(BaseHTTPRequestHandler):
        disable_nagle_algorithm = True  # else an answer in two parts takes 40 ms

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"])).decode()
            stood.headers.append({k.lower(): v for k, v in self.headers.items()})
            stood.bodies.append(body)
            # The shop may have heard enough.
            with contextlib.suppress(BrokenPipeError, ConnectionResetError):
                stood.answer(self)

        def log_message(self, format: str, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    stood = Service(f"http://127.0.0.1:{server.server_port}/pay")
    Thread(target=server.serve_forever, args=[0.02], daemon=True).start()
    try:
        yield stood
    finally:
        stood.ended.set()
        server.shutdown()
        server.server_close()


@pytest.fixture
def service() -> Iterator[Service]:
    with serving() as running:
        yield running


@pytest.fixture
def impatient(store: Store, tmp_path: Path) -> Iterator[Running]:
    """A shop that gives an ACTION_URI a second and a half."""
    with serve(store, tmp_path / "dist", limits=LIMITS) as served:
        yield served


def drip(service: Service, request: BaseHTTPRequestHandler) -> None:
    """An answer that never ends, a byte now and then, so that no single read takes long."""
    request.send_response(200)
    request.end_headers()
    end = time.monotonic() + 30
    while time.monotonic() < end and not service.ended.wait(0.05):
        request.wfile.write(b" ")
