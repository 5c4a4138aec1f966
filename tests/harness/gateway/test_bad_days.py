"""What happens to the money when the database, the portal or the order is not as it was."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from payframe.harness.store.database import WRITE_LOCK, Store, open_store
from payframe.widget.gateway import ledger
from sqlalchemy import NullPool, create_engine

from tests.harness.gateway.conftest import Api, card
from tests.harness.gateway.test_settlement import begin_challenge, confirm, free_port
from tests.harness.support import (
    Running,
    add_payment,
    change_payment,
    read_payment,
    serve,
    wait_for,
)

PROCESSING = "4000000000000077"


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("payframe.widget.gateway.settlement.FIRST_RETRY", 0.02)
    monkeypatch.setattr("payframe.widget.gateway.settlement.LAST_RETRY", 0.05)
    monkeypatch.setattr("payframe.harness.sandbox.provider.PROCESSING_SECONDS", 0.3)
    monkeypatch.setattr("payframe.database.LOCK_TIMEOUT", 0.1)


def health(running: Running) -> dict[str, object]:
    content: dict[str, object] = running.http.get(f"{running.addresses.gateway}/healthz").json()
    return content


@contextmanager
def out_of_reach(url: str) -> Iterator[None]:
    """Nobody else can write to the database while the block lasts."""
    if "://" not in url:
        url, lock, unlock = f"sqlite:///{url}", "BEGIN IMMEDIATE", "ROLLBACK"
    else:
        lock, unlock = f"SELECT pg_advisory_lock({WRITE_LOCK})", "SELECT pg_advisory_unlock_all()"
    engine = create_engine(url, poolclass=NullPool)
    with engine.connect() as connection:
        connection.exec_driver_sql(lock)
        yield
        connection.exec_driver_sql(unlock)


def test_a_database_that_is_out_of_reach_ends_no_settlement(
    anywhere: Running, database_url: str
) -> None:
    api = Api(anywhere)
    payment_id = add_payment(anywhere.store)
    other_id = add_payment(anywhere.store)
    gateway_id = api.opened(payment_id)
    assert api.attempt(gateway_id, data=card(PROCESSING)).status_code == 201
    told = health(anywhere)
    assert (told["status"], told["unsettled"], told["trouble"]) == ("ok", 1, "")
    with out_of_reach(database_url):
        wait_for(lambda: health(anywhere)["status"] == "trouble")
        assert api.open(payment_id).status_code == 201  # is read, and as it was
        refused = api.open(other_id)
        assert refused.status_code == 503
        assert refused.json()["code"] == "database_unavailable"
    wait_for(lambda: read_payment(anywhere.store, payment_id).paid == "Y")
    wait_for(lambda: health(anywhere)["status"] == "ok")
    wait_for(lambda: api.read(gateway_id)["status"] == "paid")
    later = api.opened(add_payment(anywhere.store))
    assert api.attempt(later).status_code == 201
    wait_for(lambda: api.read(later)["status"] == "paid")


def test_an_order_that_was_raised_while_the_bank_was_thinking_is_not_paid_with_less(
    alone: Running, charges: Callable[[], list[str]]
) -> None:
    api = Api(alone)
    payment_id = add_payment(alone.store)
    gateway_id = api.opened(payment_id)
    api.attempt(gateway_id, data=card(PROCESSING))
    change_payment(alone.store, payment_id, sum="500.00")
    wait_for(lambda: api.read(gateway_id)["status"] == "failed")
    failed = api.read(gateway_id)
    assert failed["error"]["code"] == "amount_changed"
    assert failed["error"]["message"].endswith("Nothing was charged.")
    assert failed["amount"]["value"] == "500.00"
    assert charges() == []


def test_what_was_paid_elsewhere_in_the_meantime_is_not_charged_again(
    alone: Running, charges: Callable[[], list[str]]
) -> None:
    api = Api(alone)
    payment_id = add_payment(alone.store)
    gateway_id = api.opened(payment_id)
    api.attempt(gateway_id, data=card(PROCESSING))
    change_payment(alone.store, payment_id, paid="Y")
    wait_for(lambda: health(alone)["unsettled"] == 0)
    assert api.read(gateway_id)["status"] == "paid"
    assert charges() == []


@pytest.mark.parametrize("method", ["card", "redirect", "qr", "transfer"])
def test_a_yes_waits_until_the_portal_can_be_asked_and_then_pays_what_was_agreed(
    store: Store, tmp_path: Path, charges: Callable[[], list[str]], method: str
) -> None:
    payment_id, port = add_payment(store), free_port()
    with serve(store, tmp_path, port=port) as shop:
        webhook = shop.addresses.webhook
    with serve(store, tmp_path, webhook=webhook) as service:
        api = Api(service)
        with serve(store, tmp_path, port=port):
            gateway_id, url = begin(api, payment_id, method)
        confirm(api, url)
        assert api.read(gateway_id)["status"] == "processing"
        with serve(store, tmp_path, port=port):
            wait_for(lambda: api.read(gateway_id)["status"] == "paid")
    assert charges() == [str(payment_id)]
    assert read_payment(store, payment_id).ps_sum == "100.00"


def begin(api: Api, payment_id: int, method: str) -> tuple[str, str]:
    """A gateway's payment that waits for its buyer, and the address where to say yes."""
    if method == "card":
        return begin_challenge(api, payment_id)
    gateway_id = api.opened(payment_id)
    action = api.attempt(gateway_id, method=method, data={}).json()["action"]
    if method == "transfer":
        [attempt] = ledger.find_payment(api.running.store, gateway_id).attempts
        return gateway_id, f"{api.running.addresses.gateway}/attempts/{attempt.id}/challenge"
    return gateway_id, action["url" if method == "redirect" else "text"]


def test_an_attempt_keeps_the_amount_that_its_buyer_has_seen(store: Store, tmp_path: Path) -> None:
    payment_id, port = add_payment(store), free_port()
    with serve(store, tmp_path, port=port) as shop:
        webhook = shop.addresses.webhook
    with serve(store, tmp_path, webhook=webhook) as service:
        api = Api(service)
        with serve(store, tmp_path, port=port):
            gateway_id = api.opened(payment_id)
            attempt = api.attempt(gateway_id, data=card(PROCESSING)).json()
            change_payment(store, payment_id, sum="500.00")
            again = api.open(payment_id).json()  # any other tab
        assert attempt["amount"] == again["amount"] == {"value": "100.00", "currency": "USD"}


def test_a_paid_payment_never_changes(alone: Running) -> None:
    api = Api(alone)
    payment_id = add_payment(alone.store)
    gateway_id = api.opened(payment_id)
    paid = api.attempt(gateway_id).json()
    change_payment(alone.store, payment_id, sum="7.00")
    assert api.open(payment_id).json() == paid
    assert paid["amount"]["value"] == "100.00"


def test_a_portal_that_was_paid_by_hand_while_it_was_away_gives_the_money_back(
    store: Store, tmp_path: Path
) -> None:
    payment_id, port = add_payment(store), free_port()
    with serve(store, tmp_path, port=port) as shop:
        webhook = shop.addresses.webhook
    with serve(store, tmp_path, webhook=webhook) as service:
        api = Api(service)
        with serve(store, tmp_path, port=port):
            gateway_id, url = begin_challenge(api, payment_id)
        confirm(api, url)
        change_payment(store, payment_id, paid="Y")
        with serve(store, tmp_path, port=port):
            wait_for(lambda: health(service)["unsettled"] == 0)
            assert api.read(gateway_id)["status"] == "paid"
    assert read_payment(store, payment_id).ps_invoice_id == ""


def test_a_full_disk_is_told_and_outlived(seeded: Path, tmp_path: Path) -> None:
    file = tmp_path / "full.db"
    file.write_bytes(seeded.read_bytes())
    store = open_store(str(file))
    with serve(store, tmp_path / "dist") as running:
        api = Api(running)
        gateway_id = api.opened(add_payment(store))
        assert api.attempt(gateway_id, data=card(PROCESSING)).status_code == 201
        with store.write() as session:
            session.connection().exec_driver_sql("PRAGMA max_page_count = 1")
        wait_for(lambda: api.read(gateway_id)["status"] == "paid")
    store.close()
