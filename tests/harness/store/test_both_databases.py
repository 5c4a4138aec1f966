"""What the store promises holds on SQLite and on PostgreSQL; no other database is offered."""

import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest
from payframe.harness.sale.payments import write_payment
from payframe.harness.store.database import (
    SCHEMA_VERSION,
    Store,
    forget,
    open_store,
)
from payframe.harness.store.models import Handler, Payment, SchemaVersion
from sqlalchemy import func, select, update

from payframe.database import StoreError
from payframe.database_file import StoreInUseError
from tests.harness.support import Running, add_payment, wait_for

AT_ONCE = 8


def test_what_was_written_is_there_when_it_is_opened_again(database_url: str) -> None:
    store = open_store(database_url)
    with store.write() as session:
        session.add(Handler(name="Shop", code="shop", settings={"CODES": {}}))
    store.close()
    again = open_store(database_url)
    with again.read() as session:
        assert session.scalars(select(Handler.code)).one() == "shop"
    again.close()


@pytest.mark.parametrize(("version", "age"), [(SCHEMA_VERSION + 1, "a newer"), (1, "an older")])
def test_a_database_of_another_version_is_refused_in_a_sentence(
    database_url: str, version: int, age: str
) -> None:
    store = open_store(database_url)
    with store.write() as session:
        session.execute(update(SchemaVersion).values(version=version))
    store.close()
    with pytest.raises(StoreError, match=f"was written by {age} payframe"):
        open_store(database_url)


def test_a_forgotten_database_begins_empty(database_url: str) -> None:
    store = open_store(database_url)
    with store.write() as session:
        session.add(Handler(name="Shop", code="shop", settings={}))
    store.close()
    forget(database_url)
    again = open_store(database_url)
    with again.read() as session:
        assert session.scalar(select(func.count()).select_from(Handler)) == 0
    again.close()


def forgotten(url: str) -> bool:
    try:
        forget(url)
    except StoreInUseError:
        return False
    return True


def test_a_database_that_another_process_uses_is_not_deleted(database_url: str) -> None:
    code = (
        "import sys\n"
        "from payframe.harness.store.database import open_store\n"
        "store = open_store(sys.argv[1])\n"
        "print('open', flush=True)\n"
        "sys.stdin.read()\n"
    )
    command = [sys.executable, "-c", code, database_url]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout
        assert process.stdout.readline() == b"open\n"
        with pytest.raises(StoreInUseError, match="another payframe is using this database"):
            forget(database_url)
        open_store(database_url).close()
        process.kill()
    wait_for(lambda: forgotten(database_url))


def test_processes_that_open_it_at_once_do_not_get_into_each_others_way(database_url: str) -> None:
    script = (
        "import sys\nfrom payframe.harness.store.database import open_store\n"
        "open_store(sys.argv[1]).close()"
    )
    processes = [
        subprocess.Popen([sys.executable, "-c", script, database_url], stderr=subprocess.PIPE)
        for _ in range(3)
    ]
    for process in processes:
        _, complaint = process.communicate(timeout=60)
        assert process.returncode == 0, complaint.decode()


def test_a_counter_loses_nothing_under_writes_at_once(any_store: Store) -> None:
    payment_id = add_payment(any_store, sum="0")

    def count(_: int) -> None:
        with any_store.write() as session:
            payment = session.get_one(Payment, payment_id)
            payment.sum = str(int(payment.sum) + 1)

    with ThreadPoolExecutor(AT_ONCE) as threads:
        list(threads.map(count, range(40)))
    with any_store.read() as session:
        assert session.get_one(Payment, payment_id).sum == "40"


def test_ids_are_never_given_again(any_store: Store) -> None:
    with any_store.write() as session:
        payment = write_payment(session)
        first, number = payment.id, payment.account_number
        session.delete(payment.order)
    with any_store.write() as session:
        payment = write_payment(session)
        assert payment.id > first
        assert payment.account_number != number


def test_a_code_is_unique_whoever_is_faster(anywhere: Running) -> None:
    settings = {"CODES": {}, "FORM_DATA": {"ACTION_URI": "https://pay.example/"}}
    call = {"NAME": "Shop", "CODE": "shop", "SETTINGS": settings}
    url = f"{anywhere.addresses.webhook.rstrip('/')}/sale.paysystem.handler.add"

    def add(_: int) -> httpx.Response:
        return httpx.post(url, json=call, timeout=30)

    with ThreadPoolExecutor(AT_ONCE) as threads:
        answers = list(threads.map(add, range(AT_ONCE)))
    assert [answer.status_code for answer in answers].count(200) == 1
    refused = [answer for answer in answers if answer.status_code != 200]
    assert {json.loads(answer.text)["error"] for answer in refused} == {
        "ERROR_HANDLER_ALREADY_EXIST"
    }


@pytest.mark.parametrize("url", ["mysql://root@localhost/shop", "oracle://x", "mssql://x"])
def test_a_database_that_is_not_tested_is_not_offered(url: str) -> None:
    with pytest.raises(StoreError, match="is not offered, only an SQLite file or postgresql"):
        open_store(url)


def test_without_its_driver_postgresql_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("payframe.database.find_spec", lambda _name: None)
    with pytest.raises(StoreError, match=r"pip install 'payframe\[postgresql\]'"):
        open_store("postgresql://localhost/shop")


def test_a_password_is_in_no_error() -> None:
    with pytest.raises(StoreError) as error:
        open_store("postgresql://shop:s3cret@127.0.0.1:1/shop")
    assert "s3cret" not in str(error.value)
    assert "127.0.0.1" in str(error.value)
