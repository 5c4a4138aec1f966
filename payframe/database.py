"""A database, and the two kinds of transaction on it: an SQLite file, or PostgreSQL."""

import re
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from typing import Any

from sqlalchemy import URL, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.orm import DeclarativeBase, Session

from payframe.database_file import DatabaseFile
from payframe.errors import PayframeError

LOCK_TIMEOUT = 10.0
"""Seconds that one transaction waits for another's lock before it gives up."""


class StoreError(PayframeError):
    """The database cannot be used; the message says why and what to do."""


class Database:
    """`read` and `write` open a session in a transaction of its own.

    They raise StoreGoneError where an SQLite database's file has been removed.
    """

    def __init__(self, engine: Engine, file: DatabaseFile | None = None) -> None:
        self.engine = engine
        self._file = file
        # Writers of this process queue here: SQLite itself would have them sleep and try again.
        self._writing: AbstractContextManager[Any] = (
            Lock() if engine.dialect.name == "sqlite" else nullcontext()
        )

    @contextmanager
    def read(self) -> Iterator[Session]:
        self.check_file()
        with Session(self.engine, expire_on_commit=False) as session:
            yield session

    @contextmanager
    def write(self) -> Iterator[Session]:
        """Commits at the end, rolls back on an error.

        On SQLite the database is the session's alone until then, on PostgreSQL the rows that it
        locks or changes.
        """
        self.check_file()
        with (
            self._writing,
            Session(
                self.engine.execution_options(payframe_write=True), expire_on_commit=False
            ) as session,
            session.begin(),
        ):
            yield session

    def create_tables(self, tables: type[DeclarativeBase]) -> None:
        """Those that are missing; two processes at once do not get into each other's way."""
        with self.write() as session:
            tables.metadata.create_all(session.connection())

    def close(self) -> None:
        self.engine.dispose()
        if self._file:
            self._file.close()

    def check_file(self) -> None:
        if self._file:
            self._file.check()


def open_database(url: str) -> Database:
    """The database at an SQLAlchemy URL, or at the path of an SQLite file, which is made if it is
    missing. Nothing is asked of a server yet. Raises StoreError."""
    return Database(*open_engine(url))


def open_engine(url: str) -> tuple[Engine, DatabaseFile | None]:
    """Raises StoreError."""
    try:
        parsed = parse_url(url)
        path = sqlite_file(parsed)
        if path:
            path.parent.mkdir(0o700, parents=True, exist_ok=True)
        # A connection that was lost while nobody used it is noticed before the next use.
        engine = create_engine(parsed, pool_pre_ping=parsed.get_backend_name() != "sqlite")
    except (ArgumentError, ImportError) as error:
        raise StoreError(f"{shown(url)}: is not a database that can be opened: {error}") from error
    except OSError as error:
        raise StoreError(f"{shown(url)}: its folder cannot be made: {error.strerror}") from error
    try:
        file = DatabaseFile(path) if path else None
    except OSError as error:
        raise StoreError(f"{path}: the database cannot be used: {error.strerror}") from error
    if engine.dialect.name == "sqlite":
        _prepare_sqlite(engine)
    else:
        _prepare_postgresql(engine)
    return engine, file


def shown(url: str) -> str:
    """A database's URL as it may be told: without its password."""
    return re.sub(r"(://[^:/@]*):[^@]*@", r"\1:***@", url)


def parse_url(url: str) -> URL:
    """A database's URL, or the path of an SQLite file. Raises StoreError for any other kind."""
    parsed = make_url(url if "://" in url else f"sqlite:///{url}")
    match parsed.get_backend_name():
        case "sqlite":
            return parsed
        case "postgresql":
            if not find_spec("psycopg"):
                raise StoreError(
                    "PostgreSQL needs the package psycopg: pip install 'payframe[postgresql]'"
                )
            return parsed.set(drivername="postgresql+psycopg")
        case other:
            raise StoreError(f"{other} is not offered, only an SQLite file or postgresql://...")


def sqlite_file(url: URL) -> Path | None:
    in_memory = url.database in (None, "", ":memory:") or str(url.database).startswith("file:")
    return None if url.get_backend_name() != "sqlite" or in_memory else Path(str(url.database))


def _prepare_postgresql(engine: Engine) -> None:
    @event.listens_for(engine, "connect")
    def connect(connection: Any, _record: Any) -> None:
        connection.execute(f"SET lock_timeout = {int(LOCK_TIMEOUT * 1000)}")
        connection.commit()


def _prepare_sqlite(engine: Engine) -> None:
    @event.listens_for(engine, "connect")
    def connect(connection: Any, _record: Any) -> None:
        # The driver's own transactions would begin too late: BEGIN is sent below.
        connection.isolation_level = None
        connection.execute(f"PRAGMA busy_timeout = {int(LOCK_TIMEOUT * 1000)}")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("PRAGMA foreign_keys = ON")

    @event.listens_for(engine, "begin")
    def begin(connection: Any) -> None:
        write = connection.get_execution_options().get("payframe_write")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")
