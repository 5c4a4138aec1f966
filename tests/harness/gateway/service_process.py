"""The whole application in a process of its own, which can be killed as a machine would kill it."""

import os
import signal
import socket
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.context import ForkServerProcess
from pathlib import Path

import httpx
from payframe.harness.portal.provision import webhook_path
from payframe.harness.sandbox import provider
from payframe.harness.server.app import Addresses, create_app
from payframe.harness.server.serving import listen, server
from payframe.harness.store.database import open_store
from payframe.widget.gateway import attempts, settlement

from payframe import database
from tests.harness.support import wait_for

PROCESSES = get_context("forkserver")
PROCESSES.set_forkserver_preload([__name__])  # a process then takes 50 ms to start


def serve_in_haste(database_url: str, port: int, dist: Path) -> None:
    """The application with waits that a test can wait for."""
    provider.PROCESSING_SECONDS = 0.05
    attempts.CLAIM = 0.5
    settlement.FIRST_RETRY, settlement.LAST_RETRY, settlement.IDLE = 0.02, 0.1, 0.2
    database.LOCK_TIMEOUT = 0.2
    store = open_store(database_url)
    _, sockets = listen_on(port)
    seller = f"http://localhost:{port}"
    webhook = f"{seller}/rest/{webhook_path(store)}"
    addresses = Addresses(seller, f"http://127.0.0.1:{port}", webhook)
    server(create_app(store, addresses, dist, [])).run(sockets)


def listen_on(port: int) -> tuple[int, list[socket.socket]]:
    got, sockets = listen(port)
    assert got == port
    return got, sockets


@dataclass
class ServiceProcess:
    """`gateway` is its base URL. It is started by `start`, and ends by `stop` or `kill`."""

    database_url: str
    port: int
    dist: Path
    process: ForkServerProcess | None = field(default=None)

    @property
    def gateway(self) -> str:
        return f"http://127.0.0.1:{self.port}/gateway"

    def start(self) -> None:
        self.process = PROCESSES.Process(
            target=serve_in_haste, args=(self.database_url, self.port, self.dist)
        )
        self.process.start()
        wait_for(self._answers)

    def stop(self) -> None:
        self._end(signal.SIGINT)

    def kill(self) -> None:
        self._end(signal.SIGKILL)

    def _end(self, number: signal.Signals) -> None:
        assert self.process
        assert self.process.pid
        os.kill(self.process.pid, number)
        self.process.join(10)
        assert not self.process.is_alive()

    def _answers(self) -> bool:
        try:
            return httpx.get(f"{self.gateway}/healthz").status_code in (200, 503)
        except httpx.HTTPError:
            return False
