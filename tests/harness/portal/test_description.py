"""Whatever the description of the portal allows gets an answer, and never one that is not meant."""

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openapi_spec_validator import validate
from payframe.harness.portal.description import describe
from payframe.harness.portal.methods import METHODS
from payframe.harness.portal.provision import add_cash, webhook_url
from payframe.harness.server.portal import portal_app
from payframe.harness.server.serving import in_thread, listen
from payframe.harness.store.database import open_store

from tests.harness.portal.conftest import Rest, pay_system, payment

CONFIG = """
[checks]
# What a caller may give depends on what the portal holds, and what is odd is passed over.
positive_data_acceptance.enabled = false
negative_data_rejection.enabled = false
"""


@pytest.fixture
def webhook(tmp_path: Path, provisioned: Path) -> Iterator[str]:
    store = open_store(shutil.copy(str(provisioned), str(tmp_path)))
    with store.write() as session:
        add_cash(session)
    port, sockets = listen(0)
    with in_thread(lambda ready: portal_app(store, on_start=ready), sockets):
        yield webhook_url(store, f"http://localhost:{port}")
    store.close()


def test_it_describes_every_method_and_is_served(rest: Rest) -> None:
    served = rest.send("GET", "/portal/openapi.json").json()
    validate(served)
    assert set(served["paths"]) == {f"/{method.name}" for method in METHODS.values()}
    assert served == describe("http://localhost/rest/USER_ID/CODE")


def test_nothing_that_it_allows_breaks_the_portal(rest: Rest) -> None:
    payment(rest, pay_system(rest))
    described = schemathesis.openapi.from_dict(describe("http://localhost"))
    operations: st.SearchStrategy[Any] = st.one_of(
        *(described[f"/{method.name}"]["POST"].as_strategy() for method in METHODS.values())
    )

    @given(operations)
    @settings(
        max_examples=80, deadline=None, database=None, suppress_health_check=list(HealthCheck)
    )
    def send(case: Any) -> None:
        body = case.body if isinstance(case.body, dict) else {}
        url = f"/rest/{rest.webhook}{case.path}"
        answer = rest.send("POST", url, content=json.dumps(body).encode())
        assert answer.status_code < 500, (case.path, body, answer.text)

    send()


@pytest.mark.slow
def test_schemathesis_finds_nothing(webhook: str, tmp_path: Path) -> None:
    (tmp_path / "schemathesis.toml").write_text(CONFIG)
    (tmp_path / "openapi.json").write_text(json.dumps(describe(webhook)))
    assert httpx.get(f"{webhook}server.time").status_code == 200
    command = (sys.executable, "-m", "schemathesis.cli", "run", "openapi.json")
    options = (f"--url={webhook.rstrip('/')}", "--max-examples=50", "--no-color")
    ran = subprocess.run([*command, *options], cwd=tmp_path, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stdout
