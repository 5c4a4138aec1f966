"""The plugin's fixtures, with the demo as their server and the widget's own page object."""

from collections.abc import Iterator

import pytest

from tests.e2e.demo import Demo
from tests.e2e.shop import Shop


@pytest.fixture(scope="session")
def payframe_server(demo: Demo) -> Demo:
    return demo


@pytest.fixture(scope="session")
def payframe_page() -> type[Shop]:
    return Shop


@pytest.fixture
def shop(seller_page: Shop) -> Iterator[Shop]:
    """A shop whose pages must not print an error to the console."""
    yield seller_page
    assert seller_page.errors == []


@pytest.fixture
def troubled_shop(seller_page: Shop) -> Shop:
    """A shop for tests that make requests fail: the browser prints those to the console."""
    return seller_page
