"""One demo for each worker, and which browser the tests run in."""

from collections.abc import Iterator
from typing import Any

import pytest

from harness.browser import find_chromium
from widget.build import build

from .e2e.demo import Demo


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    build()
    running = Demo.start(tmp_path_factory.mktemp("demo") / "harness.db", "--no-build")
    yield running
    assert running.stop() == 0


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    found = find_chromium()
    return (
        {**browser_type_launch_args, "executable_path": found}
        if found
        else browser_type_launch_args
    )
