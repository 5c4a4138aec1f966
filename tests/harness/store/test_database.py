"""The database opens, keeps, and says in a sentence why it cannot."""

import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from payframe.harness.store.database import SCHEMA_VERSION, forget, open_store
from payframe.harness.store.models import PersonType
from payframe.widget.gateway.ledger import Table as LedgerTable
from sqlalchemy import select

from payframe.database import StoreError


def add_person_type(url: str, name: str) -> None:
    store = open_store(url)
    with store.write() as session:
        session.add(PersonType(name=name))
    store.close()


def person_types(url: str) -> list[str]:
    store = open_store(url)
    with store.read() as session:
        names = list(session.scalars(select(PersonType.name).order_by(PersonType.id)))
    store.close()
    return names


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "deep" / "down" / "harness.db"


@pytest.mark.parametrize("spelling", ["{}", "sqlite:///{}"])
def test_a_database_is_made_with_its_folder_and_kept(file: Path, spelling: str) -> None:
    url = spelling.format(file)
    add_person_type(url, "Individual")
    add_person_type(url, "Company")
    assert person_types(url) == ["Individual", "Company"]
    assert file.is_file()


def test_a_write_that_fails_leaves_nothing(file: Path) -> None:
    store = open_store(str(file))

    def fail() -> None:
        with store.write() as session:
            session.add(PersonType(name="Nobody"))
            session.flush()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    store.close()
    assert person_types(str(file)) == []


@pytest.mark.parametrize(("version", "age"), [(SCHEMA_VERSION + 1, "a newer"), (0, "an older")])
def test_another_versions_database_is_refused_and_left_alone(
    file: Path, version: int, age: str
) -> None:
    add_person_type(str(file), "Individual")
    with sqlite3.connect(file) as connection:
        connection.execute("UPDATE schema_version SET version = ?", (version,))
    connection.close()
    with pytest.raises(StoreError) as error:
        open_store(str(file))
    assert str(error.value) == (
        f"{file}: was written by {age} payframe (its tables are version {version}, this one knows "
        f"version {SCHEMA_VERSION}). Use that payframe, another --database, or start anew with "
        "--fresh."
    )
    connection = sqlite3.connect(file)
    assert connection.execute("SELECT name FROM person_type").fetchall() == [("Individual",)]
    connection.close()


def test_a_file_that_is_no_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "notes.txt"
    file.write_text("These are my notes. " * 100)
    with pytest.raises(StoreError, match=r"notes\.txt: .*not a database"):
        open_store(str(file))
    assert file.read_text().startswith("These are my notes.")


def test_a_folder_is_no_database(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="cannot be used: it is no file"):
        open_store(str(tmp_path))


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="its folder cannot be made"):
        open_store(str(tmp_path / "file" / "harness.db"))


def test_a_database_that_can_only_be_read_is_told(file: Path) -> None:
    add_person_type(str(file), "Individual")
    with pytest.raises(StoreError, match=r"the database cannot be used: .*readonly"):
        open_store(f"sqlite:///file:{file}?mode=ro&uri=true")


@pytest.mark.parametrize(
    ("url", "opened", "forgotten"),
    [
        ("nosuchdb://host/x", "nosuchdb is not offered", "nosuchdb is not offered"),
        ("://", "is not a database that can be opened", "cannot be started anew"),
    ],
)
def test_a_url_that_means_no_database_is_told(url: str, opened: str, forgotten: str) -> None:
    with pytest.raises(StoreError, match=opened):
        open_store(url)
    with pytest.raises(StoreError, match=forgotten):
        forget(url)


def test_forgetting_starts_anew(file: Path) -> None:
    forget(str(file))
    add_person_type(str(file), "Individual")
    forget(str(file))
    assert [each.name for each in file.parent.iterdir()] == [f"{file.name}.lock"]
    assert person_types(str(file)) == []


def test_forgetting_takes_a_newer_versions_database_and_no_database_alike(file: Path) -> None:
    add_person_type(str(file), "Individual")
    file.write_text("no database")
    forget(str(file))
    assert person_types(str(file)) == []


def test_a_folder_is_not_forgotten(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="cannot be started anew"):
        forget(str(tmp_path))
    assert tmp_path.is_dir()


def test_a_database_in_memory_lives_as_long_as_its_store() -> None:
    store = open_store("sqlite://")
    with store.write() as session:
        session.add(PersonType(name="Individual"))
    with store.read() as session:
        assert session.scalars(select(PersonType.name)).all() == ["Individual"]
    store.close()
    forget("sqlite://")


WRITER = """
import sys
from payframe.harness.store.database import open_store
from payframe.harness.store.models import PersonType
store = open_store(sys.argv[1])
for n in range(25):
    with store.write() as session:
        session.add(PersonType(name=f"{sys.argv[2]}-{n}"))
store.close()
"""


def test_processes_write_beside_each_other_from_the_first_start_on(file: Path) -> None:
    def write(name: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-c", WRITER, str(file), name]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    with ThreadPoolExecutor(3) as pool:
        for result in pool.map(write, "abc"):
            assert result.returncode == 0, result.stderr
    assert sorted(person_types(str(file))) == sorted(f"{p}-{n}" for p in "abc" for n in range(25))


def test_threads_that_read_before_they_write_lose_no_write(file: Path) -> None:
    store = open_store(str(file))
    with store.write() as session:
        session.add(PersonType(name="counter", sort=0))

    def count(_: int) -> None:
        with store.write() as session:
            session.scalars(select(PersonType)).one().sort += 1

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(count, range(40)))
    with store.read() as session:
        assert session.scalars(select(PersonType)).one().sort == 40
    store.close()


def test_other_tables_join_the_same_database(file: Path) -> None:
    store = open_store(str(file))
    store.create_tables(LedgerTable)
    store.create_tables(LedgerTable)
    store.close()
    connection = sqlite3.connect(file)
    names = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
    connection.close()
    assert {"payment", "gateway_payment", "gateway_attempt"} <= names
