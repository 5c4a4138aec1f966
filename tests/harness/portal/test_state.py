"""Several clients at once, a killed process, a second process on the same file."""

import signal
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest
from payframe.harness.store.database import SCHEMA_VERSION, open_store

from payframe.database import StoreError
from tests.harness.portal.conftest import handler
from tests.harness.portal.process import ENDS_WITHIN, Running, payframe, running_portal

CLIENTS = 8
ADD = "sale.paysystem.handler.add"
LIST = "sale.paysystem.handler.list"


def add(running: Running, code: str) -> Any:
    return httpx.post(f"{running.webhook}/{ADD}", json=handler(code), timeout=30).json()


def codes(running: Running) -> list[str]:
    listed = httpx.get(f"{running.webhook}/{LIST}", timeout=30).json()["result"]
    return [each["CODE"] for each in listed]


@pytest.mark.slow
def test_a_code_stays_unique_under_a_race(tmp_path: Path) -> None:
    """Eight clients want the same ten codes, through two processes on one file."""
    with running_portal(tmp_path) as first, running_portal(tmp_path) as second:
        wanted = [f"code{n}" for n in range(10)]

        def client(n: int) -> list[Any]:
            return [add((first, second)[n % 2], code) for code in wanted]

        with ThreadPoolExecutor(CLIENTS) as pool:
            answers = [each for all_ in pool.map(client, range(CLIENTS)) for each in all_]
        assert sorted(codes(first)) == sorted(codes(second)) == sorted(wanted)
    added = [each["result"] for each in answers if "result" in each]
    refused = [each["error"] for each in answers if "error" in each]
    assert len(set(added)) == len(added) == len(wanted)
    assert set(refused) == {"ERROR_HANDLER_ALREADY_EXIST"}


@pytest.mark.slow
def test_concurrent_calls_lose_nothing(tmp_path: Path) -> None:
    with running_portal(tmp_path) as running:
        with ThreadPoolExecutor(CLIENTS) as pool:
            answers = list(pool.map(lambda n: add(running, f"c{n}"), range(80)))
        assert all("result" in each for each in answers), answers
        assert len(codes(running)) == 80


@pytest.mark.slow
def test_killed_while_it_writes(tmp_path: Path) -> None:
    confirmed: list[str] = []

    def write(running: Running, client: int) -> None:
        for n in range(10_000):
            try:
                answer = add(running, f"k{client}-{n}")
            except httpx.HTTPError:
                return
            if "result" in answer:
                confirmed.append(f"k{client}-{n}")
                if len(confirmed) == 25:
                    running.process.send_signal(signal.SIGKILL)

    with running_portal(tmp_path) as running, ThreadPoolExecutor(4) as pool:
        for client in range(4):
            pool.submit(write, running, client)
        assert running.process.wait(ENDS_WITHIN * 3) == -signal.SIGKILL
    assert len(confirmed) >= 25
    with running_portal(tmp_path) as again:
        assert set(confirmed) <= set(codes(again))
    with sqlite3.connect(tmp_path / ".payframe" / "harness.db") as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    database.close()


@pytest.mark.slow
def test_a_running_portal_follows_tokens_and_faults_of_another_process(tmp_path: Path) -> None:
    with running_portal(tmp_path) as running:
        webhook = payframe(tmp_path, "tokens", "mint", "--scopes", "sale").stdout.strip()
        assert webhook in payframe(tmp_path, "tokens").stdout
        base = running.webhook.partition("/rest/")[0]
        answer = httpx.get(f"{base}/rest/{webhook}/{LIST}").json()
        assert answer["error"] == "insufficient_scope"
        set_ = payframe(
            tmp_path, "fault", "set", "OVERLOAD_LIMIT", "--method", LIST, "--times", "1"
        )
        assert set_.returncode == 0, set_.stderr
        assert f"OVERLOAD_LIMIT  {LIST}, 1 time" in payframe(tmp_path, "fault", "list").stdout
        assert httpx.get(f"{running.webhook}/{LIST}").status_code == 503
        assert httpx.get(f"{running.webhook}/{LIST}").status_code == 200
        payframe(tmp_path, "fault", "set", "PORTAL_DELETED")
        assert httpx.get(f"{running.webhook}/scope").json()["error"] == "PORTAL_DELETED"
        assert "No fault" in payframe(tmp_path, "fault", "clear").stdout
        assert httpx.get(f"{running.webhook}/scope").status_code == 200


def test_an_unknown_fault_is_explained(tmp_path: Path) -> None:
    refused = payframe(tmp_path, "fault", "set", "NOPE", COLUMNS="200")
    assert refused.returncode != 0
    assert "not a system error code" in refused.stderr


def test_a_file_that_a_newer_payframe_wrote(tmp_path: Path) -> None:
    file = tmp_path / "portal.db"
    open_store(str(file)).close()
    with sqlite3.connect(file) as database:
        database.execute("UPDATE schema_version SET version = ?", [SCHEMA_VERSION + 1])
    database.close()
    with pytest.raises(StoreError, match="newer payframe"):
        open_store(str(file))
