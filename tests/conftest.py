"""What tests of other projects' tests need."""

from pathlib import Path

import pytest

pytest_plugins = ["pytester"]

HOME = Path.home()


@pytest.fixture
def at_home(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> pytest.Pytester:
    """pytester, but in the home in which Playwright keeps its browsers."""
    monkeypatch.setenv("HOME", str(HOME))
    return pytester
