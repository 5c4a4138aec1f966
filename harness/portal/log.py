"""The last calls, kept in memory for the log and the web view."""

import logging
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from itertools import count

from .parameters import Problem

log = logging.getLogger("payframe.portal")

KEPT = 200
"""Calls that are kept."""
GATEWAY = "payframe-gateway"
"""The User-Agent of the demo's payment service."""
KEPT_TEXT = 20_000
"""Characters that are kept of a request, and of an answer."""


@dataclass(frozen=True)
class Entry:
    """One HTTP request, in which every token is masked.

    `address` is the URL it was sent to, `client` where it came from; `seconds` is what it took,
    `error` the code it failed with.
    """

    number: int
    moment: datetime
    verb: str
    method: str
    address: str
    client: str
    headers: Mapping[str, str]
    token: str
    request: str
    answer: str
    status: int
    error: str
    text: str
    seconds: float
    problem: Problem | None
    warnings: tuple[str, ...]

    @property
    def kind(self) -> str:
        return self.headers.get("content-type", "")

    @property
    def by_gateway(self) -> bool:
        """Whether the demo's own payment service has made it."""
        return self.headers.get("user-agent") == GATEWAY


@dataclass(frozen=True)
class CallFilter:
    """Which calls are wanted; what is empty takes any.

    `method` is a part of the name, `status` is ok or failed, `token` a masked one, `caller` is
    gateway or others.
    """

    method: str = ""
    status: str = ""
    token: str = ""
    caller: str = ""

    @classmethod
    def of(cls, query: Mapping[str, str]) -> "CallFilter":
        return cls(**{each.name: query.get(each.name, "").strip() for each in fields(cls)})

    def takes(self, call: Entry) -> bool:
        return (
            self.method.lower() in call.method.lower()
            and self.status in ("", "failed" if call.error else "ok")
            and self.token in ("", call.token)
            and self.caller in ("", "gateway" if call.by_gateway else "others")
        )


class CallLog:
    def __init__(self) -> None:
        self._entries: deque[Entry] = deque(maxlen=KEPT)
        self._numbers = count(1)
        self.listeners: list[Callable[[Entry], None]] = []
        """Each is called with every call once it is answered."""

    def next_number(self) -> int:
        return next(self._numbers)

    def add(self, entry: Entry) -> None:
        self._entries.append(entry)
        for listener in self.listeners:
            listener(entry)
        failed = f"{entry.error}: {entry.text}" if entry.error else "ok"
        log.info("%s -> %d %s", entry.method, entry.status, failed)
        if entry.problem:
            log.warning("%s: %s %s", entry.method, entry.problem.text, entry.problem.around)
        for warning in entry.warnings:
            log.warning("%s: %s", entry.method, warning)

    def all(self) -> list[Entry]:
        """The latest first."""
        return list(reversed(self._entries))

    def clear(self) -> None:
        self._entries.clear()

    def of(self, method: str) -> list[Entry]:
        """The calls of a method, the oldest first."""
        return [entry for entry in list(self._entries) if entry.method == method]

    def find(self, number: int) -> Entry | None:
        return next((entry for entry in self._entries if entry.number == number), None)


def shorten(text: str) -> str:
    return text if len(text) <= KEPT_TEXT else text[:KEPT_TEXT] + "\u2026"
