"""What has happened around a payment, as rows, and whoever looks at them live.

The rows of the browser's side (messages, sizes, loads) are made in the studio's page; these are
those of the servers, of the studio's own browser and of the check.
"""

import asyncio
import json
import threading
import time
from collections import deque
from collections.abc import AsyncIterator
from dataclasses import asdict, dataclass, field
from itertools import count
from typing import Any, Literal

KEPT = 1_000
"""Rows that a studio is told of whose connection was lost for a while."""
BEHIND = 20_000
"""Notices that a studio may leave waiting before it is taken for gone."""
Source = Literal["shop", "frame", "browser", "gateway", "portal", "platform", "studio"]
Level = Literal["info", "warning", "error"]


@dataclass(frozen=True, kw_only=True)
class Row:
    """One thing that was said or done.

    `source` is who has said it, `kind` what it is (call, request, console, load ...), `title` one
    line. `payment` is the ID of the payment, where it is of one alone. `mark` is a sentence on what
    is unusual, `fact` the name of what explains it, see facts.py. `content` is all of it, as JSON;
    `time` is in seconds since the epoch.
    """

    source: Source
    kind: str
    title: str
    payment: int | None = None
    level: Level = "info"
    mark: str = ""
    fact: str = ""
    content: dict[str, Any] = field(default_factory=dict)
    time: float = field(default_factory=time.time)


@dataclass(frozen=True)
class Notice:
    """What a studio is told: `name` says what `data` is, `row` for a Row."""

    number: int
    name: str
    data: dict[str, Any]

    def as_event(self) -> str:
        """As a server-sent event."""
        data = json.dumps(self.data, ensure_ascii=False, default=str)
        return f"id: {self.number}\nevent: {self.name}\ndata: {data}\n\n"


class Timeline:
    """May be written to from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._numbers = count(1)
        self._kept: deque[Notice] = deque(maxlen=KEPT)
        self._waiting: dict[asyncio.Queue[Notice | None], asyncio.AbstractEventLoop] = {}

    def add(self, row: Row) -> None:
        self.tell("row", asdict(row), keep=True)

    def tell(self, name: str, data: dict[str, Any], *, keep: bool = False) -> None:
        """Tell every studio that is open; with `keep` also one that has lost its connection."""
        with self._lock:
            notice = Notice(next(self._numbers), name, data)
            if keep:
                self._kept.append(notice)
            for queue, loop in list(self._waiting.items()):
                loop.call_soon_threadsafe(self._put, queue, notice)

    def end(self) -> None:
        """Whoever follows is told no more."""
        with self._lock:
            for queue, loop in self._waiting.items():
                loop.call_soon_threadsafe(queue.put_nowait, None)
            self._waiting.clear()

    def _put(self, queue: "asyncio.Queue[Notice | None]", notice: Notice) -> None:
        if queue.qsize() < BEHIND:
            queue.put_nowait(notice)
            return
        with self._lock:
            self._waiting.pop(queue, None)
        queue.put_nowait(None)

    async def follow(self, after: int | None = None) -> AsyncIterator[Notice]:
        """Whatever comes; before it what is kept since the notice with the number `after`, for a
        studio whose connection was lost."""
        queue: asyncio.Queue[Notice | None] = asyncio.Queue()
        with self._lock:
            kept = [] if after is None else [each for each in self._kept if each.number > after]
            self._waiting[queue] = asyncio.get_running_loop()
        try:
            for notice in kept:
                yield notice
            while True:
                coming = await queue.get()
                if coming is None:
                    return
                yield coming
        finally:
            with self._lock:
                self._waiting.pop(queue, None)
