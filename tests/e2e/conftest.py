"""One shop page for each test, and no console error anywhere."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from .demo import Demo
from .shop import Shop


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
