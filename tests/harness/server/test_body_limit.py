"""Nobody can fill the memory of payframe with a request, and who tries is told."""

import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from payframe.harness.server.body_limit import LARGEST

from tests.harness.portal.process import running as running_command
from tests.harness.support import PATIENCE, Running, add_payment

CHUNK = b"a" * 65_536


def flood(size: int) -> Iterator[bytes]:
    for _ in range(size // len(CHUNK) + 1):
        yield CHUNK


def send(running: Running, url: str, size: int, **headers: str) -> httpx.Response:
    """Without a Content-Length unless one is among the headers."""
    return running.http.post(url, content=flood(size), headers=headers)


@pytest.mark.parametrize("path", ["/payments", "/payments/none/attempts", "/faults", "/form"])
@pytest.mark.parametrize("length", [None, "1114112"])
def test_the_gateway_answers_a_body_that_is_too_large_as_its_description_says(
    running: Running, path: str, length: str | None
) -> None:
    headers = {"Content-Type": "application/json", "Idempotency-Key": "1"}
    if path == "/form":
        headers["Content-Type"] = "application/x-www-form-urlencoded"
    if length:
        headers["Content-Length"] = length
    answer = send(running, f"{running.addresses.gateway}{path}", LARGEST + 65_536, **headers)
    assert answer.status_code == 413
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["code"] == "content_too_large"
    assert "1,000,000 bytes" in answer.json()["detail"]


@pytest.mark.parametrize("path", ["", "/paysystem"])
def test_the_shop_answers_a_form_that_is_too_large_with_a_sentence(
    running: Running, path: str
) -> None:
    payment = f"{running.addresses.seller}/payments/{add_payment(running.store)}{path}"
    kind = "application/x-www-form-urlencoded"
    answer = send(running, payment, LARGEST, **{"Content-Type": kind})
    assert answer.status_code == 413
    assert "The form holds more than this shop reads." in answer.text


def test_a_body_of_the_largest_size_is_read(running: Running) -> None:
    url = f"{running.addresses.gateway}/payments"
    assert running.http.post(url, content=b" " * LARGEST).status_code == 422
    assert running.http.post(url, content=b" " * (LARGEST + 1)).status_code == 413


def memory(pid: int, what: str) -> int:
    """VmRSS is what a process has now, VmHWM the most it has had; bytes."""
    status = Path(f"/proc/{pid}/status").read_text()
    found = re.search(rf"^{what}:\s+(\d+) kB", status, re.M)
    assert found
    return int(found[1]) * 1024


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="Linux tells the memory")
def test_a_flood_takes_no_memory(tmp_path: Path) -> None:
    options = "demo", "--no-build"
    with (
        running_command(tmp_path, *options) as (process, ready),
        httpx.Client(timeout=PATIENCE) as http,
    ):
        doors = (
            f"{ready['gateway']}/payments",
            f"{ready['gateway']}/checkout",
            f"{ready['seller']}/payments/1",
            f"{ready['portal']}/app.info",
        )
        for door in doors:
            http.post(door, content=b"a" * 1000)
        before = memory(process.pid, "VmRSS")
        for door in doors:
            kind = "application/x-www-form-urlencoded" if "payments/" in door else "text/plain"
            http.post(door, content=flood(50_000_000), headers={"Content-Type": kind})
        assert memory(process.pid, "VmHWM") - before < 40_000_000
