"""A database, and the two kinds of transaction on it: an SQLite file, or PostgreSQL."""

import re
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from typing import Any

from sqlalchemy import URL, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DisconnectionError
from sqlalchemy.orm import DeclarativeBase, Session

from payframe.database_file import DatabaseFile
from payframe.errors import PayframeError

LOCK_TIMEOUT = 10.0
"""Seconds that one transaction waits for another's lock before it gives up."""
CONNECTIONS = 15
"""To a PostgreSQL at the same time, of one process."""
FRESH = 1.0
"""Seconds in which a connection that has just been used is taken to be alive."""


class StoreError(PayframeError):
    """The database cannot be used; the message says why and what to do."""


class Database:
    """`read` and `write` open a session in a transaction of its own.

    They raise StoreGoneError where an SQLite database's file has been removed.
    """

    def __init__(self, engine: Engine, file: DatabaseFile | None = None) -> None:
        self.engine = engine
        self._file = file
        self._to_read, self._to_write, self._to_write_soon = _kinds_of_transaction(engine)
        # Writers of this process queue here: SQLite itself would have them sleep and try again.
        self._writing: AbstractContextManager[Any] = (
            Lock() if engine.dialect.name == "sqlite" else nullcontext()
        )

    @contextmanager
    def read(self) -> Iterator[Session]:
        self.check_file()
        with Session(self._to_read, expire_on_commit=False) as session:
            yield session

    @contextmanager
    def write(self, *, soon: bool = False) -> Iterator[Session]:
        """Commits at the end, rolls back on an error.

        On SQLite the database is the session's alone until then, on PostgreSQL the rows that it
        locks or changes. `soon` does not wait for the disk: what is written has come to it before
        the next commit that does, and is lost where the server's machine fails before.
        """
        self.check_file()
        with (
            self._writing,
            Session(
                self._to_write_soon if soon else self._to_write, expire_on_commit=False
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
        engine = create_engine(parsed, **_pool(parsed))
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


def _pool(url: URL) -> dict[str, int]:
    """PostgreSQL starts a process for each connection: none is closed while it is of use."""
    if url.get_backend_name() == "sqlite":
        return {}
    return {"pool_size": CONNECTIONS, "max_overflow": 0}


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


def _kinds_of_transaction(engine: Engine) -> tuple[Engine, Engine, Engine]:
    """To read, to write, and to write soon. PostgreSQL shows each statement what is committed by
    then, in a transaction or without one: what only reads needs no BEGIN and no ROLLBACK."""
    to_write = engine.execution_options(payframe_write=True)
    if engine.dialect.name == "sqlite":  # with its WAL, no commit waits for the disk
        return engine, to_write, to_write
    soon = to_write.execution_options(payframe_soon=True)
    return engine.execution_options(isolation_level="AUTOCOMMIT"), to_write, soon


def _prepare_postgresql(engine: Engine) -> None:
    @event.listens_for(engine, "connect")
    def connect(connection: Any, _record: Any) -> None:
        connection.execute(f"SET lock_timeout = {int(LOCK_TIMEOUT * 1000)}")
        connection.commit()

    @event.listens_for(engine, "begin")
    def begin(connection: Any) -> None:
        if connection.get_execution_options().get("payframe_soon"):
            connection.exec_driver_sql("SET LOCAL synchronous_commit = off")

    @event.listens_for(engine, "checkin")
    def checkin(_connection: Any, record: Any) -> None:
        record.info["used"] = time.monotonic()

    @event.listens_for(engine, "checkout")
    def checkout(connection: Any, record: Any, _proxy: Any) -> None:
        """A connection that was lost while nobody used it is noticed before the next use."""
        if record.info.get("used", time.monotonic()) + FRESH < time.monotonic():
            try:
                engine.dialect.do_ping(connection)
            except Exception as error:
                raise DisconnectionError from error


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
