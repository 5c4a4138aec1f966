"""Starts the integrator's own server for a check, a test or the demo, and ends it afterwards."""

import os
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import IO

from payframe.errors import PayframeError

from .connect import why_unreachable

VARIABLE = "PAYFRAME_PORTAL"
START = 60.0
"""Seconds that a server gets until it can be reached."""
STOP = 5.0
"""Seconds that it gets to end."""
POLLING = 0.05
LAST_LINES = 15


class NotStartedError(PayframeError):
    """The server did not come up; the message has the last that it said."""


@contextmanager
def started(
    command: str | None, urls: Iterable[str], webhook: str, *, shown: bool = False
) -> Iterator[None]:
    """Run a shell command until the block ends, and wait until something listens at each URL.

    It finds the portal's webhook in PAYFRAME_PORTAL. Without a command nothing is done. `shown` is
    whether what it says goes to the terminal. Raises NotStartedError.
    """
    if not command:
        yield
        return
    with tempfile.TemporaryFile("w+") as output:
        server = subprocess.Popen(  # noqa: S602  # the user's own command
            command,
            shell=True,
            stdout=None if shown else output,
            stderr=None if shown else output,
            env={**os.environ, VARIABLE: webhook},
            start_new_session=True,
        )
        try:
            _wait(server, command, list(urls), output)
            yield
        finally:
            _end(server)


def free_port() -> int:
    """A port that nothing listens at."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


def _wait(server: subprocess.Popen[bytes], command: str, urls: list[str], output: IO[str]) -> None:
    end = time.monotonic() + START
    while any(why_unreachable(url) for url in urls):
        if server.poll() is not None or time.monotonic() > end:
            ended = server.returncode
            how = "has not come up" if ended is None else f"has ended with status {ended}"
            output.seek(0)
            said = "\n".join(output.read().splitlines()[-LAST_LINES:])
            told = f" It said:\n{said}" if said else ""
            raise NotStartedError(f"{command!r} {how}.{told}")
        time.sleep(POLLING)


def _end(server: subprocess.Popen[bytes]) -> None:
    """End the command and whatever it has started, and wait for all of it.

    A shell ends before the server that it has started: the next one would find its port taken.
    """
    for sent in (signal.SIGTERM, signal.SIGKILL):
        if not _signal(server.pid, sent):
            break
        end = time.monotonic() + STOP
        while time.monotonic() < end:
            server.poll()
            if not _signal(server.pid, 0):
                return
            time.sleep(POLLING)
    server.wait()


def _signal(group: int, number: int) -> bool:
    """Whether there was still a process in the group, which now has the signal; 0 is none."""
    try:
        os.killpg(group, number)
    except ProcessLookupError:
        return False
    return True
