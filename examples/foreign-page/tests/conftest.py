"""The page under test: Acme's, with the sandbox gateway in the place of Acme's server."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from payframe.testing import Running, free_port, started

PAGE = Path(__file__).parent.parent / "page.html"


@pytest.fixture(scope="session")
def payframe_url(
    payframe_server: Running, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """What seller_page shows, from a web server that knows nothing but files."""
    folder = tmp_path_factory.mktemp("acme")
    gateway = json.dumps(payframe_server.addresses.gateway)
    (folder / "pay.html").write_text(PAGE.read_text().replace('"/gateway"', gateway))
    port = free_port()
    url = f"http://127.0.0.1:{port}/pay.html"
    serve = f"{sys.executable} -m http.server {port} --bind 127.0.0.1 --directory {folder}"
    with started(serve, [url], payframe_server.addresses.webhook):
        yield url


@pytest.fixture(scope="session")
def payframe_fields() -> dict[str, str]:
    return {"merchant": "acme-4411"}
