"""The servers of the projects: one charge, notifications once, and a portal that gets to know."""

import hashlib
import hmac
import json
import sqlite3
import subprocess
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import httpx
import pytest
from payframe.harness.check.gateway.portal import REPORT
from payframe.harness.check.starting import NotStartedError, free_port, started
from payframe.harness.init.project import Project

from tests.harness.init.conftest import SECRET, OwnServer
from tests.harness.support import wait_for

WAITS = "4000000000000077"
PARALLEL = 32


def charges() -> list[str]:
    """The references of the charges that the stand-in of the service has made."""
    if Path("data").is_dir():
        lines = Path("data/test-charges.jsonl").read_text().splitlines()
        return [json.loads(line)["reference"] for line in lines]
    with closing(sqlite3.connect("payments.db")) as database:
        return [reference for (reference,) in database.execute("SELECT reference FROM test_charge")]


def test_one_key_is_one_charge_in_parallel_and_after_a_restart(own_server: OwnServer) -> None:
    with own_server.running():
        payment_id, payment = own_server.open()
        with ThreadPoolExecutor(PARALLEL) as threads:
            answers = list(
                threads.map(lambda _: own_server.attempt(payment, "the-key"), range(PARALLEL))
            )
        assert {answer.status_code for answer in answers} <= {200, 201}
        wait_for(lambda: own_server.status(payment) == "paid")
    with own_server.running():
        again = own_server.attempt(payment, "the-key")
        assert (again.status_code, again.json()["status"]) == (200, "paid")
        another = own_server.attempt(payment, "another-key")
        assert (another.status_code, another.json()["status"]) == (200, "paid")
    assert len(charges()) == 1
    assert own_server.portal.reports(payment_id) == 1


def notify(own_server: OwnServer, secret: str = SECRET, **changes: str) -> int:
    told = {"id": "event-1", "value": "100", "currency": "USD", "status": "charged"}
    body = json.dumps(told | {"reference": charges()[0]} | changes).encode()
    signature = hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    url = f"{own_server.url}/notifications"
    return httpx.post(url, content=body, headers={"Signature": signature}).status_code


def test_a_notification_counts_once_and_only_the_services_own(own_server: OwnServer) -> None:
    with own_server.running():
        payment_id, payment = own_server.open()
        value = payment["amount"]["value"]
        first = own_server.attempt(payment, "first", number=WAITS)
        assert first.json()["status"] == "processing"
        assert own_server.attempt(payment, "second").json()["code"] == "attempt_in_progress"

        assert notify(own_server, "another-secret", value=value) == 401
        assert notify(own_server, "", value=value) == 401
        assert notify(own_server, value="1.00") == 422
        assert notify(own_server, value=value, reference="unknown") == 422
        assert own_server.status(payment) == "processing"

        declined = {"value": value, "status": "declined", "reason": "No money."}
        assert notify(own_server, **declined) == 204
        assert own_server.status(payment) == "failed"
        assert notify(own_server, value=value) == 204, "event-1 again, whatever it says"
        assert own_server.status(payment) == "failed"
        assert notify(own_server, id="event-2", value=value) == 204
        wait_for(lambda: own_server.status(payment) == "paid")
        assert notify(own_server, id="event-2", value=value) == 204
    assert own_server.portal.reports(payment_id) == 1


def test_without_a_secret_no_notification_is_taken(
    own_server: OwnServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NOTIFICATION_SECRET")
    with own_server.running():
        _, payment = own_server.open()
        own_server.attempt(payment, "first", number=WAITS)
        assert notify(own_server, "", value=payment["amount"]["value"]) == 401


def test_what_the_portal_was_not_told_is_told_after_a_restart(own_server: OwnServer) -> None:
    with own_server.portal.failing(REPORT), own_server.running():
        payment_id, payment = own_server.open()
        assert own_server.attempt(payment, "the-key").json()["status"] == "processing"
    assert own_server.portal.reports(payment_id) == 0
    with own_server.running():

        def told() -> bool:
            if own_server.project.name == "php":  # as cron does it
                environment = {"PAYFRAME_PORTAL": own_server.webhook}
                subprocess.run(["php", "server.php", "advance"], env=environment, check=True)
            return own_server.portal.reports(payment_id) == 1

        wait_for(told)
        wait_for(lambda: own_server.status(payment) == "paid")
    assert len(charges()) == 1


def test_the_stand_in_takes_no_test_card_for_a_portal_elsewhere(
    project: Project, own_server: OwnServer
) -> None:
    elsewhere = "https://shop.example/rest/1/code/"
    if project.name == "php":
        with started(project.start.replace(":3000", ":$PORT"), [own_server.url], elsewhere):
            assert httpx.get(own_server.url).status_code == 500
        return
    with (
        pytest.raises(NotStartedError, match="moves no money yet"),
        started(project.start, [f"http://127.0.0.1:{free_port()}"], elsewhere),
    ):
        pass
