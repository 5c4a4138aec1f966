"""One demo for each worker, one shop page for each test, and no console error anywhere."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from widget.build import build

from .demo import Demo
from .shop import Shop


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    build()
    running = Demo.start(tmp_path_factory.mktemp("demo") / "harness.db", "--no-build")
    yield running
    assert running.stop() == 0


@pytest.fixture
def shop(page: Page, demo: Demo) -> Iterator[Shop]:
    """A shop whose pages must not print an error to the console."""
    visited = Shop(page, demo)
    yield visited
    assert visited.errors == []


@pytest.fixture
def troubled_shop(page: Page, demo: Demo) -> Shop:
    """A shop for tests that make requests fail: the browser prints those to the console."""
    return Shop(page, demo)
