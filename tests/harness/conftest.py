"""A seeded store, and the application that serves it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from harness.store.database import Store, open_store
from harness.store.seed import seed
from widget.build import CONFIG
from widget.config import load

from .support import Running, serve


@contextmanager
def filled(folder: Path) -> Iterator[Store]:
    opened = open_store(str(folder / "harness.db"))
    seed(opened, load(CONFIG), "http://127.0.0.1/widget/")
    yield opened
    opened.close()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with filled(tmp_path) as opened:
        yield opened


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """For a module's tests together: each adds payments of its own."""
    folder = tmp_path_factory.mktemp("running")
    with filled(folder) as opened, serve(opened, folder / "dist") as served:
        yield served


@pytest.fixture
def alone(store: Store, tmp_path: Path) -> Iterator[Running]:
    """For one test, which changes what all payments have in common."""
    with serve(store, tmp_path / "dist") as served:
        yield served
