"""Opening the database, and the two kinds of transaction on it."""

import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from typing import Any, TypeVar

from sqlalchemy import (
    URL,
    Connection,
    Engine,
    MetaData,
    NullPool,
    create_engine,
    event,
    func,
    inspect,
    make_url,
    select,
    update,
)
from sqlalchemy.exc import ArgumentError, DBAPIError, SQLAlchemyError
from sqlalchemy.orm import DeclarativeBase, Session

from payframe.errors import PayframeError

from .file import IN_USE, DatabaseFile, StoreInUseError, delete
from .models import SchemaVersion, Table

SCHEMA_VERSION = 4
WRITE_LOCK = 7_021_411
"""The key of PostgreSQL's advisory lock that writes of payframe take."""
USE_LOCK = 7_021_412
"""The key of the one that every process shares while it uses the database."""
LOCK_TIMEOUT = 10.0
"""Seconds that one process waits for another's write before it gives up."""


class StoreError(PayframeError):
    """The database cannot be used; the message says why and what to do."""


Loaded = TypeVar("Loaded")


class Store:
    """A database. `read` and `write` open a session in a transaction of its own.

    They raise StoreGoneError where its file has been removed.
    """

    def __init__(self, engine: Engine, file: DatabaseFile | None = None) -> None:
        self._engine = engine
        self._file = file
        self._using: Connection | None = None
        self._watching: Any = None
        self._kept: dict[Callable[[Session], Any], tuple[int, Any]] = {}
        self._lock = Lock()
        # Writers of this process queue here: SQLite itself would have them sleep and try again.
        self._writing: AbstractContextManager[Any] = (
            Lock() if engine.dialect.name == "sqlite" else nullcontext()
        )

    @contextmanager
    def read(self) -> Iterator[Session]:
        self._check_file()
        with Session(self._engine, expire_on_commit=False) as session:
            yield session

    @contextmanager
    def write(self) -> Iterator[Session]:
        """Commits at the end, rolls back on an error.

        The write lock is taken first, so that what the session reads stays true until it commits.
        """
        self._check_file()
        with (
            self._writing,
            Session(
                self._engine.execution_options(payframe_write=True), expire_on_commit=False
            ) as session,
            session.begin(),
        ):
            lock_writes(session)
            yield session

    def cached(self, load: Callable[[Session], Loaded]) -> Loaded:
        """What `load` reads, kept until something in the database has changed.

        It is kept by function: give one that has a name, and change nothing in what it returns.
        """
        self._check_file()
        # The version first: a change in between then shows at the next call.
        version = self.version()
        kept = self._kept.get(load)
        if kept and kept[0] == version:
            found: Loaded = kept[1]
            return found
        with self.read() as session:
            loaded = load(session)
        if version is not None:
            self._kept[load] = version, loaded
        return loaded

    def create_tables(self, tables: type[DeclarativeBase]) -> None:
        """Those that are missing; two processes at once do not get into each other's way."""
        with self.write() as session:
            tables.metadata.create_all(session.connection())

    def version(self) -> int | None:
        """A number that is another one once anyone has committed anything.

        None where the database cannot tell: only an SQLite file can.
        """
        if self._engine.dialect.name != "sqlite" or not self._engine.url.database:
            return None
        with self._lock:
            if self._watching is None:
                # A connection of its own: what it commits itself would not count.
                raw = self._engine.raw_connection()
                self._watching = raw.driver_connection
                raw.detach()
            found: int = self._watching.execute("PRAGMA data_version").fetchone()[0]
            return found

    def hold(self) -> None:
        """Let nobody delete the database until `close`. An SQLite file is held from its opening."""
        if self._engine.dialect.name == "postgresql":
            self._using = self._engine.connect()
            self._using.execute(select(func.pg_advisory_lock_shared(USE_LOCK)))
            self._using.commit()  # the lock is the connection's, not the transaction's

    def close(self) -> None:
        with self._lock:
            if self._watching is not None:
                self._watching.close()
                self._watching = None
        if self._using:
            with suppress(SQLAlchemyError):  # a connection that was lost holds nothing
                self._using.execute(select(func.pg_advisory_unlock_shared(USE_LOCK)))
            self._using.close()
        self._engine.dispose()
        if self._file:
            self._file.close()

    def _check_file(self) -> None:
        if self._file:
            self._file.check()


def open_store(url: str) -> Store:
    """Open the database at an SQLAlchemy URL, or at the path of an SQLite file; made if missing.

    Raises StoreError where it cannot be opened or written, or holds a newer payframe's tables.
    """
    try:
        parsed = _parse(url)
        path = _sqlite_file(parsed)
        if path:
            path.parent.mkdir(0o700, parents=True, exist_ok=True)
        # A connection that was lost while nobody used it is noticed before the next use.
        engine = create_engine(parsed, pool_pre_ping=parsed.get_backend_name() != "sqlite")
    except (ArgumentError, ImportError) as error:
        raise StoreError(f"{_shown(url)}: is not a database that can be opened: {error}") from error
    except OSError as error:
        raise StoreError(f"{_shown(url)}: its folder cannot be made: {error.strerror}") from error
    try:
        file = DatabaseFile(path) if path else None
    except OSError as error:
        raise StoreError(f"{path}: the database cannot be used: {error.strerror}") from error
    if engine.dialect.name == "sqlite":
        _prepare_sqlite(engine)
    else:
        _prepare_postgresql(engine)
    store = Store(engine, file)
    try:
        store.hold()
        _prepare_tables(store)
    except DBAPIError as error:
        store.close()
        raise StoreError(f"{_shown(url)}: the database cannot be used: {error.orig}") from error
    except (SQLAlchemyError, StoreError) as error:
        store.close()
        raise StoreError(f"{_shown(url)}: {error}") from error
    return store


def forget(url: str) -> None:
    """Delete what a database holds, whatever version wrote it; the next `open_store` starts anew.

    Raises StoreError, StoreInUseError.
    """
    try:
        parsed = _parse(url)
        if parsed.get_backend_name() == "sqlite":
            if path := _sqlite_file(parsed):
                delete(path)
            return
        with create_engine(parsed, poolclass=NullPool).begin() as connection:
            if not connection.scalar(select(func.pg_try_advisory_xact_lock(USE_LOCK))):
                raise StoreInUseError(IN_USE.format(_shown(url)))
            tables = MetaData()
            tables.reflect(connection)
            tables.drop_all(connection)
    except (SQLAlchemyError, ImportError, OSError) as error:
        raise StoreError(f"{_shown(url)}: cannot be started anew: {error}") from error


def lock_writes(session: Session) -> None:
    """Let no other transaction write until this one ends. An SQLite database is locked as a whole
    by its BEGIN IMMEDIATE."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(select(func.pg_advisory_xact_lock(WRITE_LOCK)))


def _shown(url: str) -> str:
    """As it may be told: without its password."""
    return re.sub(r"(://[^:/@]*):[^@]*@", r"\1:***@", url)


def _parse(url: str) -> URL:
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


def _sqlite_file(url: URL) -> Path | None:
    in_memory = url.database in (None, "", ":memory:") or str(url.database).startswith("file:")
    return None if url.get_backend_name() != "sqlite" or in_memory else Path(str(url.database))


def _prepare_tables(store: Store) -> None:
    with store.write() as session:
        connection = session.connection()
        if not inspect(connection).has_table(SchemaVersion.__tablename__):
            Table.metadata.create_all(connection)
        version = session.scalar(select(SchemaVersion.version))
        if version is None:
            session.add(SchemaVersion(version=SCHEMA_VERSION))
        elif version != SCHEMA_VERSION:
            age = "newer" if version > SCHEMA_VERSION else "older"
            raise StoreError(
                f"was written by {'a' if age == 'newer' else 'an'} {age} payframe (its tables are "
                f"version {version}, this one knows version {SCHEMA_VERSION}). Use that payframe, "
                "another --database, or start anew with --fresh."
            )
        else:
            # A database that can only be read opens without a word; only a write tells.
            session.execute(update(SchemaVersion).values(version=version))


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
