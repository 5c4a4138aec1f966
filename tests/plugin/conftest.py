"""A project of an integrator, whose tests are run in a process of their own."""

from collections.abc import Iterator

import pytest

from tests.check.zoo import zoo

CONFTEST = """
import pytest

@pytest.fixture(scope="session")
def payframe_url():
    return "{pages}/good/plain.html"
"""


@pytest.fixture(scope="session")
def pages() -> Iterator[str]:
    with zoo() as url:
        yield url


@pytest.fixture
def project(at_home: pytest.Pytester, pages: str) -> pytest.Pytester:
    """Its page under test is a plain one that works."""
    at_home.makeini("[pytest]\naddopts = --strict-markers")
    at_home.makeconftest(CONFTEST.format(pages=pages))
    return at_home
