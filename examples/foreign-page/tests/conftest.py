"""The page under test: Acme's, once as a static page and once served by PHP."""

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from time import monotonic, sleep

import pytest

from payframe.testing import PortalApi

ACME = Path(__file__).parent.parent / "acme"


@pytest.fixture(scope="session", params=["static", "php"])
def payframe_url(request: pytest.FixtureRequest, payframe_portal: PortalApi) -> Iterator[str]:
    """What seller_page shows. It pays over the webhook of the portal under test."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, str(ACME / "serve.py"), str(port)]
    if request.param == "php":
        php = shutil.which("php")
        if php is None:
            pytest.skip("there is no php here")
        command = [php, "-q", "-S", f"127.0.0.1:{port}", str(ACME / "serve.php")]
    environment = {**os.environ, "WEBHOOK": payframe_portal.webhook}
    with subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL) as service:
        try:
            wait_for(port)
            yield f"http://127.0.0.1:{port}/"
        finally:
            service.terminate()


def wait_for(port: int) -> None:
    end = monotonic() + 10
    with socket.socket() as probe:
        while probe.connect_ex(("127.0.0.1", port)):
            assert monotonic() < end, "Acme's service does not start"
            sleep(0.05)


@pytest.fixture(scope="session")
def payframe_fields() -> dict[str, str]:
    return {"merchant": "acme-4411"}
