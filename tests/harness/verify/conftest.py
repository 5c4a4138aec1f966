"""A real server of the built page that tampers with what it sends."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from payframe.widget.build import build
from payframe.widget.config import CONFIG
from payframe.widget.manifest import Manifest, read_manifest

Body = Callable[[bytes], bytes]
ENDINGS = {"gzip": ".gz", "br": ".br"}


@dataclass
class Host:
    """What a test changes: headers to replace (None takes one away), and what happens to bodies.

    `more` are headers that are added, where `only_for` is in the request: header -> part of it.
    `change` gets the page as it was built, `change_compressed` the bytes that go over the line.
    """

    dist: Path
    manifest: Manifest
    url: str = ""
    status: int = 200
    headers: dict[str, str | None] = field(default_factory=dict)
    more: list[tuple[str, str]] = field(default_factory=list)
    only_for: dict[str, str] = field(default_factory=dict)
    change: Body | None = None
    change_compressed: Body | None = None
    asked: list[dict[str, str]] = field(default_factory=list)

    def answer(self, coding: str, asked: dict[str, str]) -> tuple[list[tuple[str, str]], bytes]:
        headers: dict[str, str | None] = {
            **self.manifest["headers"],
            "Content-Type": "text/html; charset=utf-8",
        }
        if self.change:
            body = self.change((self.dist / "index.html").read_bytes())
        else:
            body = (self.dist / f"index.html{ENDINGS.get(coding, '')}").read_bytes()
            if coding in ENDINGS:
                headers["Content-Encoding"] = coding
                body = self.change_compressed(body) if self.change_compressed else body
        headers |= self.headers
        sent = [(name, value) for name, value in headers.items() if value is not None]
        meant = all(part in asked.get(name, "") for name, part in self.only_for.items())
        return [*sent, *(self.more if meant else [])], body


@pytest.fixture(scope="session")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("dist")
    build(CONFIG, out)
    return out


@pytest.fixture
def host(dist: Path) -> Iterator[Host]:
    manifest = read_manifest(dist)
    assert manifest
    served = Host(dist, manifest)

    class Handler(BaseHTTPRequestHandler):
        disable_nagle_algorithm = True  # else an answer in two parts takes 40 ms
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            asked = {key.lower(): value for key, value in self.headers.items()}
            served.asked.append(asked)
            headers, body = served.answer(asked["accept-encoding"], asked)
            if self.path != "/pay/":
                file = dist / self.path.removeprefix("/pay/")
                headers, body = served.answer("identity", asked)
                headers = [each for each in headers if each[0] != "Content-Type"]
                headers.append(("Content-Type", "application/json"))
                body = file.read_bytes()
            self.send_response(served.status)
            for name, value in headers:
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    served.url = f"http://127.0.0.1:{server.server_address[1]}/pay/"
    yield served
    server.shutdown()
    thread.join()
    server.server_close()
