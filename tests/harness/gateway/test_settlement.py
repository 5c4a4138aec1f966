"""The portal hears of the money, even if it is away for a while or the gateway starts anew."""

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest
from payframe.harness.portal.provision import webhook_url
from payframe.harness.server.serving import listen
from payframe.harness.store.database import Store

from tests.harness.gateway.conftest import Api, card
from tests.harness.support import (
    Running,
    add_pay_system,
    add_payment,
    change_payment,
    read_payment,
    serve,
    wait_for,
)

CHALLENGED = "4000000000003220"


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("payframe.widget.gateway.settlement.FIRST_RETRY", 0.02)
    monkeypatch.setattr("payframe.widget.gateway.settlement.LAST_RETRY", 0.05)


def free_port() -> int:
    port, sockets = listen(0)
    for each in sockets:
        each.close()
    return port


def confirm(api: Api, url: str) -> None:
    assert api.running.http.post(url, data={"answer": "approve"}).status_code == 303


def begin_challenge(api: Api, payment_id: int) -> tuple[str, str]:
    """A gateway's payment that waits for the buyer, and the address where to confirm it."""
    payment = api.attempt(api.opened(payment_id), data=card(CHALLENGED)).json()
    return payment["id"], payment["action"]["url"]


def test_a_portal_that_is_away_hears_of_the_money_when_it_is_back(
    store: Store, tmp_path: Path
) -> None:
    payment_id, port = add_payment(store), free_port()
    webhook = webhook_url(store, f"http://localhost:{port}")
    with serve(store, tmp_path, webhook=webhook) as service:
        api = Api(service)
        with serve(store, tmp_path, port=port):
            gateway_id, url = begin_challenge(api, payment_id)
        confirm(api, url)
        assert api.read(gateway_id)["status"] == "processing"
        assert read_payment(store, payment_id).paid == "N"
        with serve(store, tmp_path, port=port):
            wait_for(lambda: api.read(gateway_id)["status"] == "paid")
        assert read_payment(store, payment_id).paid == "Y"


def test_a_gateway_that_starts_anew_takes_up_what_was_left(store: Store, tmp_path: Path) -> None:
    payment_id, port = add_payment(store), free_port()
    webhook = webhook_url(store, f"http://localhost:{port}")
    with serve(store, tmp_path, webhook=webhook) as service:
        api = Api(service)
        with serve(store, tmp_path, port=port):
            gateway_id, url = begin_challenge(api, payment_id)
        confirm(api, url)
    assert read_payment(store, payment_id).paid == "N"
    with serve(store, tmp_path) as service:
        wait_for(lambda: Api(service).read(gateway_id)["status"] == "paid")
    assert read_payment(store, payment_id).paid == "Y"


def test_a_processing_payment_outlives_the_gateway(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("payframe.harness.sandbox.provider.PROCESSING_SECONDS", 0.5)
    payment_id = add_payment(store)
    with serve(store, tmp_path) as service:
        api = Api(service)
        gateway_id = api.opened(payment_id)
        api.attempt(gateway_id, data=card("4000000000000077"))
        assert api.read(gateway_id)["status"] == "processing"
    with serve(store, tmp_path) as service:
        wait_for(lambda: Api(service).read(gateway_id)["status"] == "paid")
    assert read_payment(store, payment_id).paid == "Y"


def test_a_payment_that_left_meanwhile_is_not_charged_and_the_buyer_is_told(alone: Running) -> None:
    payment_id = add_payment(alone.store)
    api = Api(alone)
    gateway_id, url = begin_challenge(api, payment_id)
    change_payment(alone.store, payment_id, pay_system_id=add_pay_system(alone.store))
    told = api.running.http.post(url, data={"answer": "approve"})
    assert told.status_code == 409
    failed = api.read(gateway_id)
    assert failed["status"] == "failed"
    assert failed["error"]["code"] == "payment_not_found"
    assert failed["error"]["message"] == (
        "The shop no longer asks for this payment. Nothing was charged."
    )
    assert failed["error"]["message"] in told.text


@contextmanager
def portal_that_says(status: int, body: bytes) -> Iterator[str]:
    class Answer(BaseHTTPRequestHandler):
        disable_nagle_algorithm = True  # else an answer in two parts takes 40 ms

        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["content-length"]))
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Answer) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/rest/1/code"
        server.shutdown()
        thread.join()


BAD_ANSWERS = [
    (500, b'{"error": "INTERNAL_SERVER_ERROR", "error_description": ""}'),
    (503, b'{"error": "QUERY_LIMIT_EXCEEDED", "error_description": "Too many requests"}'),
    (401, b'{"error": "expired_token", "error_description": "has expired"}'),
    (403, b'{"error": "insufficient_scope", "error_description": "higher privileges"}'),
    (404, b'{"error": "ERROR_METHOD_NOT_FOUND", "error_description": "Method not found!"}'),
    (200, b"<html>It works!"),
    (200, b""),
    (200, b"[]"),
    (200, b"{}"),
    (200, b'{"result": {"payment"'),
    (200, b"\xff\xfe"),
]


@pytest.mark.parametrize(("status", "body"), BAD_ANSWERS)
def test_a_portal_without_a_usable_answer_is_unavailable(
    store: Store, tmp_path: Path, status: int, body: bytes
) -> None:
    with (
        portal_that_says(status, body) as webhook,
        serve(store, tmp_path, webhook=webhook) as service,
    ):
        response = Api(service).open(1)
    assert response.status_code == 503
    assert response.json()["code"] == "portal_unavailable"
    assert response.json()["detail"].endswith("Please try again.")


def test_a_portal_that_is_not_there_is_unavailable(store: Store, tmp_path: Path) -> None:
    webhook = f"http://localhost:{free_port()}/rest/1/code"
    with serve(store, tmp_path, webhook=webhook) as service:
        assert Api(service).open(1).json()["code"] == "portal_unavailable"


def test_money_outlives_a_portal_that_talks_nonsense(store: Store, tmp_path: Path) -> None:
    payment_id = add_payment(store)
    with serve(store, tmp_path) as service:
        gateway_id, url = begin_challenge(Api(service), payment_id)
    port = service.port
    with (
        portal_that_says(200, b"{}") as webhook,
        serve(store, tmp_path, port=port, webhook=webhook) as service,
    ):
        confirm(Api(service), url)
        assert Api(service).read(gateway_id)["status"] == "processing"
    with serve(store, tmp_path, port=port) as service:
        wait_for(lambda: Api(service).read(gateway_id)["status"] == "paid")
    assert read_payment(store, payment_id).paid == "Y"
