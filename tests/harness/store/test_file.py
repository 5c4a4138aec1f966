"""A database's file: private, deleted by nobody while it is in use, and missed when it is gone."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from payframe.harness.store.database import Store, forget, open_store
from payframe.harness.store.models import PersonType, Token
from sqlalchemy import select

from payframe.database import StoreError
from payframe.database_file import StoreGoneError

SUFFIXES = ("", "-wal", "-shm", ".lock")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / ".payframe" / "harness.db"


@pytest.fixture
def store(file: Path) -> Iterator[Store]:
    opened = open_store(str(file))
    yield opened
    opened.close()


def write(store: Store) -> None:
    with store.write() as session:
        session.add(PersonType(name="Individual"))


def rights(path: Path) -> int:
    return path.stat().st_mode & 0o777


def test_nobody_else_on_the_machine_can_read_it(file: Path, store: Store) -> None:
    write(store)
    assert rights(file.parent) == 0o700
    assert [rights(Path(f"{file}{suffix}")) for suffix in SUFFIXES] == [0o600] * 4


def test_an_older_one_that_everybody_could_read_is_closed(file: Path, store: Store) -> None:
    write(store)
    for suffix in SUFFIXES:
        Path(f"{file}{suffix}").chmod(0o644)
    other = open_store(str(file))
    write(other)
    assert [rights(Path(f"{file}{suffix}")) for suffix in SUFFIXES[:3]] == [0o600] * 3
    other.close()


@pytest.mark.parametrize("use", [open_store, forget])
def test_a_folder_in_place_of_a_database_is_left_as_it_is(
    tmp_path: Path, use: Callable[[str], object]
) -> None:
    folder = tmp_path / "folder"
    folder.mkdir(0o755)
    with pytest.raises(StoreError, match=r"it is no file|cannot be started anew"):
        use(str(folder))
    assert rights(folder) == 0o755
    assert list(tmp_path.iterdir()) == [folder]


@pytest.mark.parametrize("replaced", [False, True])
def test_a_database_that_is_gone_is_neither_read_nor_written(
    file: Path, store: Store, replaced: bool, caplog: pytest.LogCaptureFixture
) -> None:
    write(store)
    store.cached(tokens)
    if replaced:
        copy = file.with_suffix(".new")
        copy.write_bytes(b"")
        copy.replace(file)
    else:
        file.unlink()
    sentence = "was removed or replaced while payframe was using it"
    with pytest.raises(StoreGoneError, match=sentence):
        write(store)
    with pytest.raises(StoreGoneError, match=sentence), store.read():
        pass
    with pytest.raises(StoreGoneError, match=sentence):
        store.cached(tokens)
    assert sentence in caplog.text


def tokens(session: object) -> list[str]:
    return list(session.scalars(select(Token.code)))  # type: ignore[attr-defined]
