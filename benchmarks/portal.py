"""How fast the portal answers, next to a bare Starlette "hello" in the same run.

    .venv/bin/python benchmarks/portal.py [--seconds 3] [--rows 10 1000 100000]

Each server is a process of its own with one uvicorn worker; the load comes from this process
over keep-alive connections, so both share the machine's cores. Prints requests a second and the
99th percentile of the time one request takes.
"""

import argparse
import asyncio
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode, urlsplit

ROOT = Path(__file__).parents[1]
CONNECTIONS = (1, 8, 32)
HELLO = """
import asyncio, socket, uvicorn
from starlette.applications import Starlette
from starlette.responses import JSONResponse
from starlette.routing import Route

async def hello(request):
    return JSONResponse({"hello": "world"})

# With the protocol named asyncio turns Nagle's delay off.
listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
listening.bind(("127.0.0.1", 0))
listening.listen(128)
print(listening.getsockname()[1], flush=True)
app = Starlette(routes=[Route("/", hello, methods=["GET", "POST"])])
uvicorn.Server(uvicorn.Config(app, log_config=None, access_log=False)).run([listening])
"""
FRAME = {
    "CURRENCY": ["USD"],
    "CODES": {f"CODE_{n}": {"NAME": f"Parameter {n}", "SORT": str(n)} for n in range(5)},
    "IFRAME_DATA": {"ACTION_URI": "https://pay.example.com/", "FIELDS": {}},
}


@dataclass(frozen=True)
class Measured:
    """Requests a second, and the 99th percentile in milliseconds."""

    rate: float
    p99: float


def request(path: str, body: bytes | None = None) -> bytes:
    head = f"{'GET' if body is None else 'POST'} {path} HTTP/1.1\r\nHost: localhost\r\n"
    if body is not None:
        head += f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n"
    return head.encode() + b"\r\n" + (body or b"")


async def measure(
    port: int, requests: Iterator[bytes], connections: int, seconds: float
) -> Measured:
    """Until the time is over, or the requests are."""
    times: list[float] = []
    end = time.perf_counter() + seconds

    async def client() -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        for each in requests:
            if (start := time.perf_counter()) > end:
                break
            writer.write(each)
            head = await reader.readuntil(b"\r\n\r\n")
            if not head.startswith(b"HTTP/1.1 20"):
                raise SystemExit(head.decode())
            length = int(head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0])
            await reader.readexactly(length)
            times.append(time.perf_counter() - start)
        writer.close()

    began = time.perf_counter()
    await asyncio.gather(*(client() for _ in range(connections)))
    took = time.perf_counter() - began
    times.sort()
    return Measured(len(times) / took, times[int(len(times) * 0.99)] * 1000)


@contextmanager
def server(*command: str, folder: str) -> Iterator[tuple[str, int]]:
    """The first line that it prints, and its process ID."""
    process = subprocess.Popen(
        [sys.executable, *command],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert process.stdout
    try:
        yield process.stdout.readline(), process.pid
    finally:
        process.terminate()
        process.wait()


def always(content: bytes) -> Iterator[bytes]:
    while True:
        yield content


def adding(path: str, prefix: str) -> Iterator[bytes]:
    n = 0
    while True:
        n += 1
        params = {"NAME": "Bench", "CODE": f"{prefix}-{n}", "SETTINGS": FRAME}
        yield request(path, json.dumps(params).encode())


def fill(database: Path, rows: int) -> None:
    """Payment systems up to `rows`, a hundred a handler."""
    from payframe.harness.store.database import open_store
    from payframe.harness.store.models import PaySystem
    from sqlalchemy import func, insert, select

    store = open_store(str(database))
    with store.write() as session:
        have = session.scalar(select(func.count()).select_from(PaySystem)) or 0
        session.execute(
            insert(PaySystem),
            [
                {"name": f"System {n}", "action_file": f"handler{n // 100}", "xml_id": f"x{n}"}
                for n in range(have, rows)
            ],
        )
    store.close()


def memory(pid: int) -> str:
    """Resident memory, on Linux."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return "unknown"
    peak, now = (
        int(status.partition(f"{name}:")[2].split()[0]) / 1024 for name in ("VmHWM", "VmRSS")
    )
    return f"{now:.0f} MB, at most {peak:.0f} MB"


def report(name: str, connections: int, measured: Measured, hello: Measured | None = None) -> None:
    share = f"{hello.rate / measured.rate:6.2f}x" if hello else ""
    print(f"{name:34}{connections:4}{measured.rate:10,.0f}/s{measured.p99:9.2f} ms{share}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--seconds", type=float, default=3.0)
    parser.add_argument("--rows", type=int, nargs="*", default=[10, 1_000, 100_000])
    options = parser.parse_args()
    print(f"{'':34}{'conn':>4}{'rate':>12}{'p99':>12}  hello/this")
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / ".payframe" / "harness.db"
        portal = ("-m", "payframe", "portal", "--port=0", "--json")
        with (
            server("-c", HELLO, folder=folder) as (hello_port, _),
            server(*portal, folder=folder) as (ready, pid),
        ):
            webhook = urlsplit(json.loads(ready)["webhook"])
            port = webhook.port or 0
            path = f"{webhook.path}sale.paysystem"

            def run(name: str, requests: Iterator[bytes], connections: int) -> None:
                hello = asyncio.run(
                    measure(int(hello_port), always(request("/")), connections, options.seconds)
                )
                report('Starlette "hello"', connections, hello)
                got = asyncio.run(measure(port, requests, connections, options.seconds))
                report(name, connections, got, hello)

            asyncio.run(measure(port, adding(f"{path}.handler.add", "warm"), 1, 0.02))
            for connections in CONNECTIONS:
                listing = always(request(f"{path}.handler.list"))
                run("handler.list", listing, connections)
            for connections in CONNECTIONS:
                run("handler.add", adding(f"{path}.handler.add", f"c{connections}"), connections)
            for rows in options.rows:
                fill(database, rows)
                query = urlencode({"FILTER[XML_ID]": "x5", "SELECT[]": "ID"})
                run(f"paysystem.list, 1 of {rows:,}", always(request(f"{path}.list?{query}")), 1)
            print(f"Memory of the portal: {memory(pid)}")


if __name__ == "__main__":
    main()
