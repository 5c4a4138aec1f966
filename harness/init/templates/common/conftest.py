"""The server under test, with orders from the portal of payframe's pytest plugin."""

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from payframe.testing import PortalApi, free_port, started

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="session")
def server(payframe_portal: PortalApi) -> Iterator[str]:
    """Its address, while the command of payframe.toml runs."""
    command = tomllib.loads((ROOT / "payframe.toml").read_text())["check"]["start"]
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    with pytest.MonkeyPatch.context() as environment:
        environment.chdir(ROOT)
        environment.setenv("PORT", str(port))
        with started(command, [url], payframe_portal.webhook):
            yield url


@pytest.fixture(scope="session")
def payframe_url(server: str, payframe_widget: None) -> str:
    """What seller_page shows: the page that the server sends, built before."""
    return f"{server}/"
