"""A stand-in for Stripe's API, as a process of its own."""

import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from payframe.testing import free_port
from tests.harness.support import wait_for

SECRET_KEY, PUBLIC_KEY = "sk_test_12345", "pk_test_12345"


@contextmanager
def local_stripe(folder: Path) -> Iterator[str]:
    """Its address, in place of https://api.stripe.com. Its data is kept in a folder."""
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "localstripe", "--from-scratch", "--port", str(port)],
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )

    def listens() -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", port)) == 0

    try:
        wait_for(listens)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait()
