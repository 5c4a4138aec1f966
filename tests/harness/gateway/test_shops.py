"""One gateway for many shops: the payment of one is never opened through another."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from payframe.harness.portal.provision import webhook_url
from payframe.harness.server.gateway import Environment, ServeError, create_gateway
from payframe.harness.server.serving import in_thread, listen
from payframe.harness.store.database import Store
from payframe.widget.config import Config, load
from payframe.widget.gateway import portals
from payframe.widget.gateway.portals import PortalsError
from payframe.widget.gateway.schema import open_ledger

from tests.harness.conftest import copied
from tests.harness.gateway.conftest import card
from tests.harness.support import add_payment, read_payment, serve

KEY = portals.new_key()


@pytest.fixture
def config(tmp_path: Path) -> Config:
    text = Path("payframe.toml").read_text("utf-8")
    file = tmp_path / "payframe.toml"
    file.write_text(
        text.replace("allowed_sellers = []", 'allowed_sellers = ["http://localhost:*"]')
    )
    return load(file)


@contextmanager
def gateway(config: Config, environment: Environment, folder: Path) -> Iterator[httpx.Client]:
    port, sockets = listen(0)
    store = open_ledger(environment.database)
    app = create_gateway(config, environment, store, folder / "dist")

    def application(ready: Any) -> Any:
        ready()
        return app

    with (
        in_thread(application, sockets),
        httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=10) as http,
    ):
        yield http


def open_payment(http: httpx.Client, payment_id: int, shop: str) -> httpx.Response:
    body = {"payment_id": payment_id, "paysystem_id": 1, "fields": {"MEMBER_ID": shop}}
    response = http.post("/gateway/payments", json=body)
    for _ in range(100):
        if response.status_code != 404 or "code" in response.text:
            return response
        response = http.post("/gateway/payments", json=body)
    return response


def pay(http: httpx.Client, payment: dict[str, Any]) -> dict[str, Any]:
    body = {
        "method": "card",
        "amount": payment["amount"],
        "return_url": "http://localhost:1/",
        "data": card(),
    }
    paid: dict[str, Any] = http.post(
        f"/gateway/payments/{payment['id']}/attempts", json=body, headers={"Idempotency-Key": "k"}
    ).json()
    return paid


@pytest.fixture
def environment(tmp_path: Path) -> Environment:
    return Environment("", KEY, str(tmp_path / "gateway.db"), allow_sandbox=True)


def test_each_shop_has_its_own_portal(
    seeded: Path, store: Store, config: Config, environment: Environment, tmp_path: Path
) -> None:
    (tmp_path / "other").mkdir()
    with (
        copied(seeded, tmp_path / "other") as other,
        serve(store, tmp_path) as first,
        serve(other, tmp_path) as second,
    ):
        ledger, key = open_ledger(environment.database), portals.cipher(KEY)
        portals.add(ledger, key, "acme", webhook_url(store, first.addresses.seller))
        portals.add(ledger, key, "bolt", webhook_url(other, second.addresses.seller))
        ledger.close()
        mine = add_payment(store, sum="7.00")
        theirs = add_payment(other, sum="9.00")
        assert mine == theirs
        with gateway(config, environment, tmp_path) as http:
            acme = open_payment(http, mine, "acme").json()
            bolt = open_payment(http, mine, "bolt").json()
            assert (acme["amount"]["value"], bolt["amount"]["value"]) == ("7.00", "9.00")
            assert acme["id"] != bolt["id"]
            assert pay(http, acme)["status"] == "paid"
            assert read_payment(store, mine).paid == "Y"
            assert read_payment(other, theirs).paid == "N"
            for unknown in ("", "corp", "ACME", "acme "):
                refused = open_payment(http, mine, unknown)
                assert (refused.status_code, refused.json()["code"]) == (404, "shop_not_known")


def test_no_webhook_can_be_read_in_the_database(environment: Environment) -> None:
    ledger = open_ledger(environment.database)
    portals.add(ledger, portals.cipher(KEY), "acme", "https://acme.example/rest/1/secretcode/")
    assert portals.webhooks(ledger, portals.cipher(KEY))("acme") == (
        "https://acme.example/rest/1/secretcode/"
    )
    ledger.close()
    dump = "".join(sqlite3.connect(environment.database).iterdump())
    assert "acme" in dump
    assert "secretcode" not in dump


def test_another_key_opens_nothing_and_says_so(environment: Environment) -> None:
    ledger = open_ledger(environment.database)
    portals.add(ledger, portals.cipher(KEY), "acme", "https://acme.example/rest/1/code/")
    with pytest.raises(PortalsError, match="does not open the webhook of 'acme'"):
        portals.webhooks(ledger, portals.cipher(portals.new_key()))("acme")
    with pytest.raises(PortalsError, match="is not a key"):
        portals.cipher("secret")
    with pytest.raises(PortalsError, match="No shop has the key 'bolt'"):
        portals.remove(ledger, "bolt")
    portals.remove(ledger, "acme")
    assert portals.listed(ledger) == []
    ledger.close()


def test_without_a_portal_it_does_not_start(config: Config, tmp_path: Path) -> None:
    ledger = open_ledger(str(tmp_path / "gateway.db"))
    with pytest.raises(ServeError, match="Which portal"):
        create_gateway(config, Environment("", "", "", allow_sandbox=True), ledger, tmp_path)
    with pytest.raises(ServeError, match="sandbox takes no real money"):
        create_gateway(config, Environment("https://x", "", "", False), ledger, tmp_path)
    ledger.close()
