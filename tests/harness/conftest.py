"""A seeded store, and the application that serves it."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from payframe.harness.server.seed import seed
from payframe.harness.store.database import Store, open_store
from payframe.widget.config import CONFIG, load

from tests.harness.support import Running, serve


@pytest.fixture(scope="session")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database file as the first start leaves it. Copying one is quicker than making one."""
    file = tmp_path_factory.mktemp("seeded") / "harness.db"
    store = open_store(str(file))
    seed(store, load(CONFIG), "http://127.0.0.1/widget/")
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
