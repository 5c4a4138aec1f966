"""Browsers side by side: a process with a browser of its own for each job.

A page that crashes or hangs its browser loses the one task that it was visited for.
"""

import os
import shutil
import signal
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..browser.errors import NoBrowserError
from .tasks import LostError

if TYPE_CHECKING:
    from playwright.sync_api import Browser

Task = Callable[["Browser"], Any]
"""What is done with a browser; it is sent to the process, and its result or exception back."""

SPAWN = get_context("spawn")
"""A fork would have copies of the server's threads and of the other jobs' connections."""
CLOSING = 10.0
"""Seconds that browsers get to close and to remove their temporary files."""
POLLING = 0.05
"""Seconds between two looks whether they have."""
HUNG = "the page has hung for {:g} seconds"
READY = "ready"
"""The first message of a process, once its browser runs."""


def _serve(connection: Connection, folder: str) -> None:
    """What a process does: tasks come, answers go, until None comes or the connection ends."""
    # Loaded here: the command itself starts no browser.
    from ..browser.chromium import open_chromium

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the command, which ends this
    os.environ["TMPDIR"] = folder  # of the browser and its driver, which begin now
    try:
        with open_chromium() as browser:
            connection.send(READY)
            while (task := connection.recv()) is not None:
                try:
                    answer = task(browser)
                except Exception as error:
                    if not browser.is_connected():
                        return
                    answer = error
                connection.send(answer)
    except NoBrowserError as error:
        connection.send(error)
    except (EOFError, BrokenPipeError):
        pass  # the command has ended


@dataclass
class _Job:
    """`due` is when its task has taken too long; None while its browser is still starting."""

    process: BaseProcess
    connection: Connection
    task: Task | None = None
    due: float | None = None
    ready: bool = False

    def kill(self) -> None:
        self.connection.close()
        self.process.kill()
        self.process.join()


class Jobs:
    """Processes that each do one task at a time, for at most `timeout` seconds."""

    def __init__(self, count: int, timeout: float, folder: str) -> None:
        """Start them. `folder` is for what the browsers write."""
        self._timeout = timeout
        self._folder = folder
        self._jobs: list[_Job] = []
        for _ in range(count):
            self._jobs.append(self._start_job())

    def _start_job(self) -> _Job:
        connection, theirs = SPAWN.Pipe()
        process = SPAWN.Process(target=_serve, args=(theirs, self._folder), daemon=True)
        process.start()
        theirs.close()
        return _Job(process, connection)

    @property
    def free(self) -> bool:
        return any(job.task is None for job in self._jobs)

    def start(self, task: Task) -> None:
        """Give a task to a job that is free."""
        job = next(job for job in self._jobs if job.task is None)
        job.task = task
        self._begin(job)
        with suppress(BrokenPipeError):  # the process has ended, which wait() finds out
            job.connection.send(task)

    def wait(self) -> tuple[Any, Any]:
        """The next task that is done and its answer: what it returned, or the exception it raised.

        LostError is the answer where the browser has crashed or hung; another takes its place.
        Raises NoBrowserError.
        """
        while True:
            job, answer = self._next_answer()
            if answer == READY:
                job.ready = True
                self._begin(job)
                continue
            if isinstance(answer, NoBrowserError):
                raise answer
            task, job.task = job.task, None
            if isinstance(answer, LostError):
                job.kill()
                self._jobs[self._jobs.index(job)] = self._start_job()
            return task, answer

    def _next_answer(self) -> tuple[_Job, Any]:
        busy = [job for job in self._jobs if job.task]
        due = min((job.due for job in busy if job.due), default=None)
        ready = wait(
            [job.connection for job in busy],
            None if due is None else max(0.0, due - time.monotonic()),
        )
        if not ready:
            return next(job for job in busy if job.due == due), LostError(
                HUNG.format(self._timeout)
            )
        job = next(job for job in busy if job.connection is ready[0])
        try:
            return job, job.connection.recv()
        except (EOFError, ConnectionResetError):
            return job, LostError("the browser has crashed")

    def _begin(self, job: _Job) -> None:
        job.due = time.monotonic() + self._timeout if job.ready else None

    def close(self) -> None:
        """Let the browsers that do nothing close by themselves."""
        idle = [job for job in self._jobs if job.task is None and job.process.is_alive()]
        for job in idle:
            with suppress(BrokenPipeError):
                job.connection.send(None)
        for job in idle:
            job.process.join(CLOSING)

    def kill(self) -> None:
        for job in self._jobs:
            job.kill()


@contextmanager
def browsers(count: int, timeout: float) -> Iterator[Jobs]:
    """Start so many browsers, and end them with the block. See Jobs."""
    with _temporary_folder() as folder:
        jobs = Jobs(count, timeout, folder)
        try:
            yield jobs
            jobs.close()
        finally:
            jobs.kill()


@contextmanager
def _temporary_folder() -> Iterator[str]:
    """A folder that is gone afterwards, although browsers still write into it for a moment.

    The driver of a process that was killed closes its browser and removes its files by itself.
    """
    folder = Path(tempfile.mkdtemp(prefix="payframe-"))
    try:
        yield str(folder)
    finally:
        end = time.monotonic() + CLOSING
        while any(folder.iterdir()) and time.monotonic() < end:
            time.sleep(POLLING)
        shutil.rmtree(folder, ignore_errors=True)
