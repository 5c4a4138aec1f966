"""Several workers on one database, some of which are killed: every payment is charged once."""

import os
import random
import signal
import sqlite3
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path
from typing import IO, Any

import httpx
import pytest
from payframe.harness.portal.provision import webhook_url
from payframe.harness.store.database import Store

from tests.harness.gateway.conftest import card
from tests.harness.gateway.test_settlement import free_port
from tests.harness.support import add_payment, read_payment, serve, wait_for

CLIENTS = 32
WORKERS = 4
PAYMENTS = 10_000
BETWEEN_KILLS = 20.0
"""Seconds."""
CONFIG = """
[handler]
NAME = "Workers"
CODE = "workers"
[handler.SETTINGS]
CODES = {}
[handler.SETTINGS.IFRAME_DATA]
ACTION_URI = "https://pay.example.com/widget/"
[paysystem]
NAME = "Card"
[widget]
brand = "Workers"
[gateway]
provider = "provider.py"
"""
PROVIDER = '''
"""A bank that outlives its customers: what it has charged is in a file of its own."""

import sqlite3

from payframe.gateway import Authorized, Charged, Instrument, Method, Processing
from payframe.widget.gateway import attempts, settlement

attempts.CLAIM = 20.0
settlement.FIRST_RETRY = 0.1


class Bank:
    def methods(self, payment):
        return [Method("card", "Card")]

    def instrument(self, method, data):
        return Instrument(last4=data["number"][-4:])

    async def start(self, attempt, data):
        slow = attempt.payment.payment_id % 3 == 0
        status = "reserved" if slow else "charged"
        row = (attempt.id, attempt.payment.payment_id, status)
        self.write("INSERT OR IGNORE INTO charge VALUES (?, ?, ?)", row)
        return Processing(0.2) if slow else Charged(attempt.amount)

    async def look(self, attempt):
        found = self.read("SELECT status FROM charge WHERE attempt = ?", (attempt.id,))
        if not found:
            return await self.start(attempt, {})
        kind = Charged if found[0][0] == "charged" else Authorized
        return kind(attempt.amount)

    async def capture(self, attempt):
        self.write("UPDATE charge SET status = 'charged' WHERE attempt = ?", (attempt.id,))
        return await self.look(attempt)

    async def cancel(self, attempt):
        self.write("UPDATE charge SET status = 'given back' WHERE attempt = ?", (attempt.id,))

    def notified(self, notification):
        return []

    def write(self, statement, values):
        with self.bank() as bank:
            bank.execute(statement, values)
        bank.close()

    def read(self, statement, values):
        bank = self.bank()
        found = bank.execute(statement, values).fetchall()
        bank.close()
        return found

    def bank(self):
        bank = sqlite3.connect("bank.db", timeout=30)
        bank.execute("CREATE TABLE IF NOT EXISTS charge (attempt PRIMARY KEY, payment, status)")
        return bank


provider = Bank()
'''


@contextmanager
def workers(port: int, database: str, webhook: str, folder: Path) -> Iterator[int]:
    """`payframe serve` with several workers; the ID of the process that starts them anew."""
    (folder / "payframe.toml").write_text(CONFIG)
    (folder / "provider.py").write_text(PROVIDER)
    with (folder / "serve.log").open("wb") as log:
        process = started(port, database, webhook, folder, log)

    def answers() -> bool:
        assert process.poll() is None, (folder / "serve.log").read_text()
        try:
            return httpx.get(f"http://127.0.0.1:{port}/gateway/healthz").status_code == 200
        except httpx.HTTPError:
            return False

    try:
        wait_for(answers, 60)
        yield process.pid
    finally:
        process.terminate()
        process.wait(30)


def started(
    port: int, database: str, webhook: str, folder: Path, log: IO[bytes]
) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        [
            *(sys.executable, "-m", "payframe", "serve"),
            *("--port", str(port), "--workers", str(WORKERS), "--database", database),
            *("--url", f"http://127.0.0.1:{port}"),
        ],
        cwd=folder,
        env=os.environ | {"PAYFRAME_PORTAL": webhook},
        stdout=subprocess.DEVNULL,
        stderr=log,
    )


def children(pid: int) -> list[int]:
    """The workers, without the process that watches over shared resources."""
    pids = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [
        int(each) for each in pids if b"spawn_main" in Path(f"/proc/{each}/cmdline").read_bytes()
    ]


def pay(http: httpx.Client, payment_id: int) -> None:
    """As a page does: with one key, again and again until there is an answer."""
    opened = ask(http, "/payments", {"payment_id": payment_id, "paysystem_id": 1}, {})
    body = {
        "method": "card",
        "amount": opened["amount"],
        "return_url": str(http.base_url),
        "data": card(),
    }
    headers = {"Idempotency-Key": f"key-{payment_id}", "Origin": str(http.base_url).rstrip("/")}
    headers["Origin"] = headers["Origin"].removesuffix("/gateway")
    ask(http, f"/payments/{opened['id']}/attempts", body, headers)


def ask(
    http: httpx.Client, path: str, body: dict[str, Any], headers: dict[str, str]
) -> dict[str, Any]:
    for _ in range(200):
        try:
            response = http.post(path, json=body, headers=headers)
        except httpx.TransportError:  # its worker was killed
            continue
        if response.is_success:
            answer: dict[str, Any] = response.json()
            return answer
        assert response.status_code in (409, 503), response.text
    raise AssertionError("no answer")


@pytest.mark.timeout(3600)
@pytest.mark.slow
def test_no_payment_is_charged_twice_or_lost_when_workers_are_killed(
    postgresql_url: str,
    store: Store,
    tmp_path: Path,
    charges: Callable[[], list[str]],
) -> None:
    payments = [add_payment(store) for _ in range(PAYMENTS)]
    port, done = free_port(), threading.Event()

    def kill(pid: int) -> int:
        """A worker at a time, until all is paid."""
        killed = 0
        while not done.wait(BETWEEN_KILLS):
            if len(alive := children(pid)) == WORKERS:
                os.kill(random.choice(alive), signal.SIGKILL)
                killed += 1
        return killed

    with (
        serve(store, tmp_path) as shop,
        workers(port, postgresql_url, webhook_url(store, shop.addresses.seller), tmp_path) as pid,
        httpx.Client(
            base_url=f"http://127.0.0.1:{port}/gateway",
            timeout=30,
            limits=httpx.Limits(max_connections=CLIENTS),
        ) as http,
        ThreadPoolExecutor(CLIENTS + 1) as threads,
    ):
        killing = threads.submit(kill, pid)
        try:
            list(threads.map(lambda payment_id: pay(http, payment_id), payments))
        finally:
            done.set()
        assert killing.result() > 0
        wait_for(lambda: all(read_payment(store, each).paid == "Y" for each in payments), 300)
        assert Counter(charges()) == Counter(map(str, payments))
    with closing(sqlite3.connect(tmp_path / "bank.db")) as bank:
        charged = bank.execute("SELECT payment FROM charge WHERE status = 'charged'").fetchall()
    assert Counter(payment for (payment,) in charged) == Counter(payments)
