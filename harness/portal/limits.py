"""How much a client may ask: requests a second, and a method's processing time in ten minutes."""

import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock

from .errors import system_error

BUCKET = 60
"""Seconds of one bucket of processing time."""
BUCKETS = 10
OPERATING_LIMIT = 480.0
"""Seconds of processing in ten buckets from which on a method is blocked."""
FORGET_ABOVE = 10_000
"""Clients that are kept apart at most; beyond that those at rest are forgotten."""


@dataclass(frozen=True)
class Plan:
    """A leaky bucket: `size` requests at once, `leak` a second after that."""

    size: float
    leak: float


PLANS = {"standard": Plan(50, 2), "enterprise": Plan(250, 5)}


class RequestLimit:
    """The leaky bucket of each client address. `clock` gives seconds."""

    def __init__(self, plan: Plan | None, clock: Callable[[], float] = time.monotonic) -> None:
        self._plan = plan
        self._clock = clock
        self._levels: dict[str, tuple[float, float]] = {}
        self._lock = Lock()

    def count(self, address: str) -> None:
        """One HTTP request. Raises PortalError above the plan's limit."""
        plan = self._plan
        if plan is None:
            return
        with self._lock:
            moment = self._clock()
            level = self._level(address, moment, plan) + 1
            if level > plan.size:
                raise system_error("QUERY_LIMIT_EXCEEDED")
            self._levels[address] = level, moment
            if len(self._levels) > FORGET_ABOVE:
                self._levels = {
                    each: kept
                    for each, kept in self._levels.items()
                    if self._level(each, moment, plan) > 0
                }

    def _level(self, address: str, moment: float, plan: Plan) -> float:
        level, since = self._levels.get(address, (0.0, moment))
        return max(0.0, level - (moment - since) * plan.leak)


class OperatingTime:
    """Processing time by client and method, in one-minute buckets. `clock` is the epoch's."""

    def __init__(self, *, blocks: bool, clock: Callable[[], float] = time.time) -> None:
        self._blocks = blocks
        self._clock = clock
        self._buckets: dict[tuple[str, str], dict[int, float]] = defaultdict(dict)
        self._lock = Lock()

    def check(self, client: str, method: str) -> None:
        """Raises PortalError while the method is blocked for the client."""
        if self._blocks:
            with self._lock:
                used = sum(self._current(client, method).values())
            if used >= OPERATING_LIMIT:
                raise system_error("OPERATION_TIME_LIMIT")

    def add(self, client: str, method: str, seconds: float) -> tuple[float, int]:
        """Count a call; what it now sums to, and when its oldest bucket drops out (epoch)."""
        with self._lock:
            buckets = self._current(client, method)
            minute = int(self._clock()) // BUCKET
            buckets[minute] = buckets.get(minute, 0.0) + seconds
            if len(self._buckets) > FORGET_ABOVE:
                for key in list(self._buckets):
                    if not self._current(*key):
                        del self._buckets[key]
            return sum(buckets.values()), (min(buckets) + BUCKETS) * BUCKET

    def _current(self, client: str, method: str) -> dict[int, float]:
        buckets = self._buckets[client, method]
        oldest = int(self._clock()) // BUCKET - BUCKETS + 1
        for minute in [each for each in buckets if each < oldest]:
            del buckets[minute]
        return buckets
