"""Browsers side by side: a process with a browser of its own for each job.

A page that kills or hangs its browser loses the one task that it was visited for.
"""

import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from typing import Any

from playwright.sync_api import Browser

from ..browser.chromium import NoBrowserError, open_chromium

Task = Callable[[Browser], Any]
"""What is done with a browser; it travels to the process, and what it returns or raises back."""

PROCESSES = get_context("spawn")
"""A fork would carry the server's threads and the other jobs' lines with it."""
FAREWELL = 10.0
"""Seconds for a browser to close."""
HUNG = "the page has hung for {:g} seconds"
READY = "ready"
"""The first that a process says, once it has its browser."""


class LostError(Exception):
    """A task has no answer; the message says what became of its browser."""


def _serve(line: Connection) -> None:
    """The life of a process: tasks come, answers go, until the line ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the command, which ends this
    try:
        with open_chromium() as browser:
            line.send(READY)
            while (task := line.recv()) is not None:
                try:
                    answer = task(browser)
                except Exception as error:
                    if not browser.is_connected():
                        return
                    answer = error
                line.send(answer)
    except NoBrowserError as error:
        line.send(error)
    except (EOFError, BrokenPipeError):
        pass  # the command is gone


@dataclass
class _Job:
    task: Task | None = None
    due: float | None = None
    """When its task has taken too long; None while the browser is still being started."""
    ready: bool = False

    def __post_init__(self) -> None:
        self.line, theirs = PROCESSES.Pipe()
        self.process = PROCESSES.Process(target=_serve, args=(theirs,), daemon=True)
        self.process.start()
        theirs.close()

    def kill(self) -> None:
        self.line.close()
        self.process.kill()
        self.process.join()


@dataclass
class Browsers:
    """Jobs that each do one task at a time. `patience` is how long one may take, in seconds."""

    patience: float
    _jobs: list[_Job] = field(default_factory=list)

    @property
    def free(self) -> bool:
        return any(each.task is None for each in self._jobs)

    def start(self, task: Task) -> None:
        """Give a task to a job that is free."""
        job = next(each for each in self._jobs if each.task is None)
        job.task = task
        self._begin(job)
        with suppress(BrokenPipeError):  # it has ended; its line says why, or says nothing
            job.line.send(task)

    def wait(self) -> tuple[Any, Any]:
        """The next task that is done and its answer: what it returned, or the exception it raised.

        LostError is the answer where the browser has ended or hung; another takes its place.
        Raises NoBrowserError.
        """
        while True:
            busy = {each.line: each for each in self._jobs if each.task}
            due = min((each.due for each in busy.values() if each.due), default=None)
            heard = wait(list(busy), due and max(0.0, due - time.monotonic()))
            if heard:
                job = busy[heard[0]]  # type: ignore[index]
            else:
                job = next(each for each in busy.values() if each.due == due)
            try:
                answer = job.line.recv() if heard else LostError(HUNG.format(self.patience))
            except (EOFError, ConnectionResetError):
                answer = LostError("the browser has crashed")
            if answer == READY:
                job.ready = True
                self._begin(job)
                continue
            if isinstance(answer, NoBrowserError):
                raise answer
            if isinstance(answer, LostError):
                job.kill()
                self._jobs[self._jobs.index(job)] = _Job()
            task, job.task = job.task, None
            return task, answer

    def _begin(self, job: _Job) -> None:
        job.due = time.monotonic() + self.patience if job.ready else None


@contextmanager
def browsers(count: int, patience: float) -> Iterator[Browsers]:
    """Start jobs, and end them with the block. See Browsers."""
    crew = Browsers(patience)
    try:
        crew._jobs.extend(_Job() for _ in range(count))
        yield crew
        idle = [each for each in crew._jobs if each.task is None and each.process.is_alive()]
        for each in idle:
            each.line.send(None)
        for each in idle:
            each.process.join(FAREWELL)
    finally:
        for each in crew._jobs:
            each.kill()
