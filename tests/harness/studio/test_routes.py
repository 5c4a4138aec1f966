"""The studio's addresses, by HTTP."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from payframe.harness.server.app import Addresses, create_app
from payframe.harness.server.serving import in_thread, listen
from payframe.harness.store.database import Store
from payframe.harness.studio.workbench import workbench
from payframe.widget.config import CONFIG, load


@pytest.fixture
def studio(store: Store, tmp_path: Path) -> Iterator[httpx.Client]:
    port, sockets = listen(0)
    seller = f"http://localhost:{port}"
    addresses = Addresses(seller, f"http://127.0.0.1:{port}", f"{seller}/rest/1/none/")
    bench = workbench(load(CONFIG), CONFIG, tmp_path)
    with (
        in_thread(
            lambda ready: create_app(store, addresses, tmp_path, [], ready, bench=bench), sockets
        ),
        httpx.Client(base_url=seller) as client,
    ):
        yield client
        bench.timeline.end()


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/studio/payment"),
        ("POST", "/studio/faults"),
        ("DELETE", "/studio/faults"),
        ("POST", "/studio/check"),
        ("POST", "/studio/browser/imitate"),
        ("POST", "/studio/browser/card"),
        ("POST", "/studio/comparison"),
    ],
)
def test_pages_of_other_origins_may_change_nothing(
    studio: httpx.Client, method: str, path: str
) -> None:
    answer = studio.request(method, path, headers={"Origin": "https://evil.example"}, content="{}")
    assert answer.status_code == 403


def test_the_page_loads_nothing_from_elsewhere_and_may_not_be_framed(
    studio: httpx.Client,
) -> None:
    policy = studio.get("/studio").headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self';" in policy
    assert "frame-ancestors 'none'" in policy


def test_both_kinds_of_faults_are_set_in_one_way(studio: httpx.Client) -> None:
    for fault in (
        {"where": "gateway", "fault": "slow", "times": 2},
        {"where": "portal", "fault": "QUERY_LIMIT_EXCEEDED"},
    ):
        assert studio.post("/studio/faults", json=fault).status_code == 200
    assert studio.get("/studio/faults").json() == {
        "gateway": {"slow": 2},
        "portal": {"QUERY_LIMIT_EXCEEDED": 1},
    }
    assert studio.delete("/studio/faults").json() == {"gateway": {}, "portal": {}}


@pytest.mark.parametrize(
    "fault",
    [
        {"where": "gateway", "fault": "unheard of"},
        {"where": "portal", "fault": "UNHEARD_OF"},
        {"where": "elsewhere", "fault": "slow"},
        {},
    ],
)
def test_a_fault_that_there_is_not_is_refused(studio: httpx.Client, fault: object) -> None:
    assert studio.post("/studio/faults", json=fault).status_code == 422


def test_a_picture_that_there_is_not(studio: httpx.Client) -> None:
    assert studio.get("/studio/pictures/1").status_code == 404


def test_only_a_shop_with_a_studio_links_to_it(store: Store, tmp_path: Path) -> None:
    port, sockets = listen(0)
    seller = f"http://localhost:{port}"
    addresses = Addresses(seller, f"http://127.0.0.1:{port}", f"{seller}/rest/1/none/")
    with in_thread(lambda ready: create_app(store, addresses, tmp_path, [], ready), sockets):
        assert "studio" not in httpx.get(f"{seller}/payments/1").text
        assert httpx.get(f"{seller}/studio").status_code == 404


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"before": "/payments/1", "now": "/payments/2"},
        {"before": "/payments/1", "now": "/payments/2", "width": "wide"},
        {"before": "/payments/1", "now": "/payments/2", "width": 0},
        {"before": "/payments/1", "now": "//evil.example/", "width": 360},
    ],
)
def test_what_cannot_be_compared_is_said_and_opens_no_browser(
    studio: httpx.Client, asked: dict[str, object]
) -> None:
    answer = studio.post("/studio/comparison", json=asked)
    assert answer.status_code == 422
    assert "width" in answer.json()["error"]


def test_a_shop_in_which_nothing_is_compared_loads_no_browser_and_no_pictures() -> None:
    script = "import sys; from payframe.harness.server import app; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True)
    assert not {"playwright", "PIL"} & set(loaded.stdout.decode().split())
