"""Tasks side by side: several in each browser, and each browser in a process of its own.

A page that crashes or hangs its browser loses the one task that it was visited for.
"""

import asyncio
import itertools
import math
import os
import shutil
import signal
import tempfile
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any

from ..browser.errors import NoBrowserError
from .tasks import LostError

if TYPE_CHECKING:
    from playwright.sync_api import Browser

Task = Callable[["Browser"], Any]
"""What is done with a browser; it is sent to the process, and its result or exception back."""

SPAWN = get_context("spawn")
"""A fork would have copies of the server's threads and of the other jobs' connections."""
TASKS_PER_BROWSER = 6
"""A browser more takes a second or two of CPU to start; more tasks in one wait for its driver."""
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
            _do_tasks(browser, connection)
    except NoBrowserError as error:
        connection.send(error)
    except BrokenPipeError:
        pass  # the command has ended


def _do_tasks(browser: "Browser", connection: Connection) -> None:
    """Do tasks side by side until None comes, or the connection or the browser ends.

    While a call of Playwright waits for the browser, other greenlets go on: each task is one.
    """
    from greenlet import greenlet

    loop = asyncio.get_running_loop()  # Playwright's
    ending = browser.new_context()  # open as long as there may be tasks; its end is waited for

    def begin(do: Callable[..., None], *given: Any) -> None:
        greenlet(do).switch(*given)

    def receive() -> None:
        with suppress(EOFError, OSError):
            while (given := connection.recv()) is not None:
                loop.call_soon_threadsafe(begin, do, *given)
        loop.call_soon_threadsafe(begin, ending.close)

    def do(number: int, task: Task) -> None:
        try:
            answer = task(browser)
        except Exception as error:
            if not browser.is_connected():
                return
            answer = error
        connection.send((number, answer))

    Thread(target=receive, daemon=True).start()
    ending.wait_for_event("close", timeout=0)


@dataclass
class _Given:
    """`due` is when the task has taken too long; None while its browser is still starting."""

    task: Task
    due: float | None


@dataclass
class _Job:
    """`given` are its tasks, by their numbers. `is_alone` is whether it has one that may crash
    its browser, and so is done with none beside it."""

    process: BaseProcess
    connection: Connection
    is_ready: bool = False
    is_alone: bool = False
    given: dict[int, _Given] = field(default_factory=dict)

    def kill(self) -> None:
        self.connection.close()
        self.process.kill()
        self.process.join()


class Jobs:
    """Browsers that do tasks side by side, each task for at most `timeout` seconds."""

    def __init__(self, count: int, timeout: float, folder: str) -> None:
        """Start browsers for `count` tasks at a time. `folder` is for what they write."""
        self._count = count
        self._timeout = timeout
        self._folder = folder
        self._numbers = itertools.count()
        self._again: deque[Task] = deque()
        self._jobs = [self._start_job() for _ in range(math.ceil(count / TASKS_PER_BROWSER))]

    def _start_job(self) -> _Job:
        connection, theirs = SPAWN.Pipe()
        process = SPAWN.Process(target=_serve, args=(theirs, self._folder), daemon=True)
        process.start()
        theirs.close()
        return _Job(process, connection)

    @property
    def free(self) -> bool:
        """Whether another task can be started now."""
        tasks = sum(len(job.given) for job in self._jobs)
        return tasks < self._count and not self._again and any(map(_has_room, self._jobs))

    def start(self, task: Task) -> None:
        """Give a task to the browser that has the fewest."""
        self._give(min(filter(_has_room, self._jobs), key=lambda job: len(job.given)), task)

    def _give(self, job: _Job, task: Task) -> None:
        number = next(self._numbers)
        job.given[number] = _Given(task, self._due() if job.is_ready else None)
        with suppress(BrokenPipeError):  # the process has ended, which wait() finds out
            job.connection.send((number, task))

    def _due(self) -> float:
        return time.monotonic() + self._timeout

    def wait(self) -> tuple[Any, Any]:
        """The next task that is done and its answer: what it returned, or the exception it raised.

        LostError is the answer where the browser has crashed or hung; another takes its place.
        What was done beside it is done again, and where it is not known which of several has
        crashed the browser, each of them by itself. Raises NoBrowserError.
        """
        while True:
            self._start_again()
            job, message = self._next_message()
            match message:
                case str():  # READY
                    job.is_ready = True
                    for given in job.given.values():
                        given.due = self._due()
                case NoBrowserError():
                    raise message
                case LostError():
                    if lost := self._replace(job):
                        return lost, message
                case (number, answer):
                    job.is_alone = False
                    return job.given.pop(number).task, answer

    def _start_again(self) -> None:
        for job in self._jobs:
            if self._again and not job.given:
                job.is_alone = True
                self._give(job, self._again.popleft())

    def _next_message(self) -> tuple[_Job, Any]:
        """What the next browser says that has something to say; LostError where it never will."""
        busy = [job for job in self._jobs if job.given]
        dues = [given.due for job in busy for given in job.given.values() if given.due]
        left = max(0.0, min(dues) - time.monotonic()) if dues else None
        ready = wait([job.connection for job in busy], left)
        if not ready:
            job = next(job for job in busy if _late(job))
            return job, LostError(HUNG.format(self._timeout))
        job = next(job for job in busy if job.connection is ready[0])
        try:
            return job, job.connection.recv()
        except (EOFError, ConnectionResetError):
            return job, LostError("the browser has crashed")

    def _replace(self, job: _Job) -> Task | None:
        """Start another browser in the place of one; the task that is to blame, where it is known.

        The others are to be started again.
        """
        job.kill()
        self._jobs[self._jobs.index(job)] = self._start_job()
        tasks = [given.task for given in job.given.values()]
        blamed = _late(job) or (tasks[0] if len(tasks) == 1 else None)
        self._again.extend(task for task in tasks if task is not blamed)
        return blamed

    def finish(self) -> None:
        """Tell the browsers that do nothing to close by themselves, which takes a while."""
        for job in self._idle():
            with suppress(BrokenPipeError):  # it has closed already
                job.connection.send(None)

    def close(self) -> None:
        """Wait until they have."""
        self.finish()
        for job in self._idle():
            job.process.join(CLOSING)

    def _idle(self) -> list[_Job]:
        return [job for job in self._jobs if not job.given and job.process.is_alive()]

    def kill(self) -> None:
        for job in self._jobs:
            job.kill()


def _has_room(job: _Job) -> bool:
    return not job.is_alone and len(job.given) < TASKS_PER_BROWSER


def _late(job: _Job) -> Task | None:
    """The task that has taken too long, if one has."""
    now = time.monotonic()
    return next(
        (given.task for given in job.given.values() if given.due and given.due <= now), None
    )


@contextmanager
def browsers(count: int, timeout: float) -> Iterator[Jobs]:
    """Start browsers for `count` tasks at a time, and end them with the block. See Jobs."""
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
