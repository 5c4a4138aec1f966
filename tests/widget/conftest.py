"""One build for all tests that only look at it, and a place for a configuration."""

from pathlib import Path

import pytest
from payframe.widget.build import build
from payframe.widget.config import CONFIG


@pytest.fixture(scope="session")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project's own page; not to be changed."""
    out = tmp_path_factory.mktemp("dist")
    assert build(CONFIG, out).fresh
    return out


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where a payframe.toml is written."""
    return tmp_path / "payframe.toml"
