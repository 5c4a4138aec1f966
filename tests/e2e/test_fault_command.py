"""`payframe fault`, as somebody uses it beside a demo that runs."""

import subprocess
import sys

import httpx
import pytest

from tests.e2e.demo import Demo


def fault(demo: Demo, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [
            *(sys.executable, "-m", "payframe", "fault", *words),
            *("--gateway", demo.addresses.gateway, "--database", str(demo.database)),
        ],
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.slow
def test_gateway_and_portal_are_made_to_fail_in_one_way(demo: Demo) -> None:
    assert fault(demo, "set", "garbage", "--times", "2").returncode == 0
    assert fault(demo, "set", "OVERLOAD_LIMIT", "--method", "scope").returncode == 0
    listed = fault(demo, "list").stdout
    assert "garbage  the gateway, 2 times" in listed
    assert "OVERLOAD_LIMIT  scope" in listed
    answer = httpx.post(f"{demo.addresses.gateway}/payments", json={})
    assert answer.text.startswith("<html>")
    assert httpx.get(f"{demo.addresses.webhook}scope").status_code == 503
    fault(demo, "clear")
    assert fault(demo, "list").stdout == "No fault is set.\n"
    assert httpx.get(f"{demo.addresses.webhook}scope").status_code == 200


def test_where_no_gateway_runs_it_says_so(demo: Demo) -> None:
    told = subprocess.run(
        [
            *(sys.executable, "-m", "payframe", "fault", "set", "slow"),
            *("--gateway", f"{demo.addresses.seller}/nowhere"),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode == 2
    assert "it is no sandbox gateway" in told.stderr
