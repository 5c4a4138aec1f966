"""The last calls, kept in memory for the log and the web view."""

import logging
from collections import deque
from dataclasses import dataclass
from datetime import datetime
from itertools import count, islice

from .parameters import Problem

log = logging.getLogger("payframe.portal")

KEPT = 200
"""Calls that are kept."""
KEPT_TEXT = 20_000
"""Characters that are kept of a request, and of an answer."""


@dataclass(frozen=True)
class Entry:
    """One HTTP request. `token` is masked; `seconds` is what it took; `error` is the code it failed
    with."""

    number: int
    moment: datetime
    verb: str
    method: str
    token: str
    kind: str
    request: str
    answer: str
    status: int
    error: str
    text: str
    seconds: float
    problem: Problem | None
    warnings: tuple[str, ...]


class CallLog:
    def __init__(self) -> None:
        self._entries: deque[Entry] = deque(maxlen=KEPT)
        self._numbers = count(1)

    def next_number(self) -> int:
        return next(self._numbers)

    def add(self, entry: Entry) -> None:
        self._entries.append(entry)
        failed = f"{entry.error}: {entry.text}" if entry.error else "ok"
        log.info("%s -> %d %s", entry.method, entry.status, failed)
        if entry.problem:
            log.warning("%s: %s %s", entry.method, entry.problem.text, entry.problem.around)
        for warning in entry.warnings:
            log.warning("%s: %s", entry.method, warning)

    def last(self, number: int) -> list[Entry]:
        """The latest first."""
        return list(islice(reversed(self._entries), number))

    def clear(self) -> None:
        self._entries.clear()

    def of(self, method: str) -> list[Entry]:
        """The calls of a method, the oldest first."""
        return [entry for entry in list(self._entries) if entry.method == method]

    def find(self, number: int) -> Entry | None:
        return next((entry for entry in self._entries if entry.number == number), None)


def shorten(text: str) -> str:
    return text if len(text) <= KEPT_TEXT else text[:KEPT_TEXT] + "\u2026"
