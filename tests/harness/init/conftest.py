"""A project of each language, and its server with a portal of the harness."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
from payframe.harness.check.gateway.portal import Portal
from payframe.harness.check.starting import free_port, started
from payframe.harness.check.target import APPROVED_CARD, with_fields
from payframe.harness.init.project import SERVERS, Project, write_project
from payframe.harness.server.in_process import Running, running
from payframe.widget.config import DEFAULT, load

SECRET = "what-the-service-signs-with"
PYTHON_FIRST = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
"""PATH with the Python that the tests run in."""


@pytest.fixture(
    params=[
        pytest.param(project, id=name, marks=[] if name == "python" else [pytest.mark.slow])
        for name, project in SERVERS.items()
    ]
)
def project(request: pytest.FixtureRequest) -> Project:
    project: Project = request.param
    if project.name == "node" and not shutil.which("node"):
        pytest.skip("there is no node here")
    if project.name == "php" and not _has_php():
        pytest.skip("there is no php with curl and pdo_sqlite here")
    return project


def _has_php() -> bool:
    if not shutil.which("php"):
        return False
    told = subprocess.run(["php", "-m"], capture_output=True, text=True, check=True).stdout
    return {"curl", "pdo_sqlite"} <= set(told.split())


@pytest.fixture
def folder(project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The project's files; commands run in it."""
    list(write_project(project, tmp_path))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", PYTHON_FIRST)
    return tmp_path


@pytest.fixture
def shop() -> Iterator[Running]:
    with running(load(DEFAULT)) as server:
        yield server


@dataclass
class OwnServer:
    """The server of a project, which can be started again, and the page's side of its API."""

    project: Project
    portal: Portal
    webhook: str
    url: str

    @contextmanager
    def running(self) -> Iterator[None]:
        start = self.project.start.replace(":3000", ":$PORT")
        with started(start, [self.url], self.webhook):
            yield

    def open(self) -> tuple[int, dict[str, Any]]:
        """A payment of the shop: its ID there, and what the server answers."""
        payment_id = self.portal.new_payment()
        system = self.portal.pay_system_of(payment_id)
        sent = {"payment_id": payment_id, "paysystem_id": system, "fields": {}}
        opened: dict[str, Any] = httpx.post(f"{self.url}/gateway/payments", json=sent).json()
        return payment_id, opened

    def attempt(self, payment: dict[str, Any], key: str, **changes: Any) -> httpx.Response:
        return httpx.post(
            f"{self.url}/gateway/payments/{payment['id']}/attempts",
            json={
                "method": "card",
                "amount": payment["amount"],
                "return_url": f"{self.url}/",
                "data": APPROVED_CARD | changes,
            },
            headers={"Idempotency-Key": key, "Origin": self.url},
            timeout=30,
        )

    def status(self, payment: dict[str, Any]) -> str:
        answer = httpx.get(f"{self.url}/gateway/payments/{payment['id']}").json()
        return str(answer["status"])


@pytest.fixture
def own_server(
    project: Project, folder: Path, shop: Running, monkeypatch: pytest.MonkeyPatch
) -> OwnServer:
    assert folder == Path.cwd()
    port = str(free_port())
    monkeypatch.setenv("PORT", port)
    monkeypatch.setenv("NOTIFICATION_SECRET", SECRET)
    monkeypatch.setenv("PHP_CLI_SERVER_WORKERS", "4")
    portal = Portal(shop, with_fields("http://127.0.0.1/", {}, "100.00", "USD"))
    return OwnServer(project, portal, shop.addresses.webhook, f"http://127.0.0.1:{port}")
