"""The shop's database: opened, started anew, and written by one at a time."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from threading import Lock
from typing import Any, TypeVar

from sqlalchemy import (
    Connection,
    Engine,
    MetaData,
    NullPool,
    create_engine,
    func,
    inspect,
    select,
    update,
)
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.orm import Session

from payframe.database import Database, StoreError, open_engine, parse_url, shown, sqlite_file
from payframe.database_file import IN_USE, DatabaseFile, StoreInUseError, delete

from .models import SchemaVersion, Table

SCHEMA_VERSION = 5
WRITE_LOCK = 7_021_411
"""The key of PostgreSQL's advisory lock that writes of the shop take."""
USE_LOCK = 7_021_412
"""The key of the one that every process shares while it uses the database."""

Loaded = TypeVar("Loaded")


class Store(Database):
    """The shop's database, of which nobody writes while somebody else does."""

    def __init__(self, engine: Engine, file: DatabaseFile | None = None) -> None:
        super().__init__(engine, file)
        self._using: Connection | None = None
        self._watching: Any = None
        self._kept: dict[Callable[[Session], Any], tuple[int, Any]] = {}
        self._lock = Lock()

    @contextmanager
    def write(self, *, soon: bool = False) -> Iterator[Session]:
        """Commits at the end, rolls back on an error.

        The write lock is taken first, so that what the session reads stays true until it commits.
        """
        with super().write(soon=soon) as session:
            lock_writes(session)
            yield session

    def cached(self, load: Callable[[Session], Loaded]) -> Loaded:
        """What `load` reads, kept until something in the database has changed.

        It is kept by function: give one that has a name, and change nothing in what it returns.
        """
        self.check_file()
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

    def version(self) -> int | None:
        """A number that is another one once anyone has committed anything.

        None where the database cannot tell: only an SQLite file can.
        """
        if self.engine.dialect.name != "sqlite" or not self.engine.url.database:
            return None
        with self._lock:
            if self._watching is None:
                # A connection of its own: what it commits itself would not count.
                raw = self.engine.raw_connection()
                self._watching = raw.driver_connection
                raw.detach()
            found: int = self._watching.execute("PRAGMA data_version").fetchone()[0]
            return found

    def hold(self) -> None:
        """Let nobody delete the database until `close`. An SQLite file is held from its opening."""
        if self.engine.dialect.name == "postgresql":
            self._using = self.engine.connect()
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
        super().close()


def open_store(url: str) -> Store:
    """Open the database at an SQLAlchemy URL, or at the path of an SQLite file; made if missing.

    Raises StoreError where it cannot be opened or written, or holds a newer payframe's tables.
    """
    store = Store(*open_engine(url))
    try:
        store.hold()
        _prepare_tables(store)
    except DBAPIError as error:
        store.close()
        raise StoreError(f"{shown(url)}: the database cannot be used: {error.orig}") from error
    except (SQLAlchemyError, StoreError) as error:
        store.close()
        raise StoreError(f"{shown(url)}: {error}") from error
    return store


def forget(url: str) -> None:
    """Delete what a database holds, whatever version wrote it; the next `open_store` starts anew.

    Raises StoreError, StoreInUseError.
    """
    try:
        parsed = parse_url(url)
        if parsed.get_backend_name() == "sqlite":
            if path := sqlite_file(parsed):
                delete(path)
            return
        with create_engine(parsed, poolclass=NullPool).begin() as connection:
            if not connection.scalar(select(func.pg_try_advisory_xact_lock(USE_LOCK))):
                raise StoreInUseError(IN_USE.format(shown(url)))
            tables = MetaData()
            tables.reflect(connection)
            tables.drop_all(connection)
    except (SQLAlchemyError, ImportError, OSError) as error:
        raise StoreError(f"{shown(url)}: cannot be started anew: {error}") from error


def lock_writes(session: Session) -> None:
    """Let no other transaction write until this one ends. An SQLite database is locked as a whole
    by its BEGIN IMMEDIATE."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(select(func.pg_advisory_xact_lock(WRITE_LOCK)))


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
