"""One demo for each worker, and what tests of other projects' tests need."""

import gc
from collections.abc import Iterator
from pathlib import Path

import pytest
from payframe.widget.build import build
from playwright.sync_api import expect

from tests.e2e.demo import Demo

# Thousands of tests stay in memory: no search for garbage is to go through them again.
gc.set_threshold(50_000)

pytest_plugins = ["pytester"]

HOME = Path.home()
# What is waited for comes, however busy the machine is.
expect.set_options(timeout=30_000)


def pytest_collection_finish() -> None:
    gc.freeze()


@pytest.fixture
def at_home(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> pytest.Pytester:
    """pytester, but in the home in which Playwright keeps its browsers."""
    monkeypatch.setenv("HOME", str(HOME))
    return pytester


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    build()
    running = Demo.start(tmp_path_factory.mktemp("demo") / "harness.db", "--no-build")
    yield running
    assert running.stop() == 0
