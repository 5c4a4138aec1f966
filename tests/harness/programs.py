"""Servers that are written in PHP and Node, where these are installed."""

import fcntl
import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from payframe.harness.check.starting import free_port

from tests.harness.support import wait_for

INSTALL = (["apt-get", "update", "-q"], ["apt-get", "install", "-y", "-q", "php-cli"])


def find_php() -> str | None:
    """PHP's command, installed where that can be done; the workers of a run do it one by one."""
    with (Path(tempfile.gettempdir()) / "payframe-php.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not shutil.which("php") and shutil.which("apt-get") and os.geteuid() == 0:
            for command in INSTALL:
                subprocess.run(command, check=False, capture_output=True, timeout=240)
        return shutil.which("php")


@contextmanager
def run_php(file: Path, **environment: str) -> Iterator[str]:
    """Serve a PHP file until the block ends; its base URL. Skips the test where there is no PHP."""
    command = find_php()
    if not command:
        pytest.skip("there is no php here and it cannot be installed with apt-get")
    port = free_port()

    def answers() -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", port)) == 0

    with _running([command, "-S", f"127.0.0.1:{port}", str(file)], environment):
        wait_for(answers)
        yield f"http://127.0.0.1:{port}"


@contextmanager
def run_node(file: Path, *arguments: str, **environment: str) -> Iterator[str]:
    """The same for a server in Node, which prints its port."""
    command = shutil.which("node")
    if not command:
        pytest.skip("there is no node here")
    with _running([command, str(file), *arguments], environment) as process:
        assert process.stdout is not None
        yield f"http://127.0.0.1:{int(process.stdout.readline())}"


@contextmanager
def _running(command: list[str], environment: dict[str, str]) -> Iterator["subprocess.Popen[str]"]:
    process = subprocess.Popen(
        command,
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        yield process
    finally:
        process.terminate()
        process.communicate(timeout=60)
