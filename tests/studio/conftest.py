"""The studio of the demo, with pages of the tests in its shop's frame."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.check.zoo import zoo
from tests.e2e.demo import Demo
from tests.studio.studio_page import StudioPage


@pytest.fixture(scope="session")
def pages() -> Iterator[str]:
    """The base URL of the tests' own pages."""
    with zoo(Path(__file__).parent / "pages") as url:
        yield url


@pytest.fixture(scope="session")
def animals() -> Iterator[str]:
    """The base URL of pages that each break one rule."""
    with zoo() as url:
        yield url


@pytest.fixture
def studio(page: Page, demo: Demo) -> Iterator[StudioPage]:
    page.set_viewport_size({"width": 1280, "height": 900})
    opened = StudioPage(page, demo.addresses.seller)
    yield opened
    assert opened.errors == []


@pytest.fixture
def echo(studio: StudioPage, pages: str) -> StudioPage:
    """The studio with a page that says what it gets."""
    studio.open(url=f"{pages}/echo.html")
    studio.got()
    return studio
