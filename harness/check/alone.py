"""A browser to oneself, for what is timed in animation frames, while other tasks share it."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Pause = Callable[[], object]
"""Lets the other tasks of this process go on for a moment."""

LONGEST_REST = 3.0
"""Seconds. A page that never becomes quiet is alone for longer than others can wait."""

_line: list[object] = []
"""Who wants to be alone; the first one is."""


@contextmanager
def alone(who: object, pause: Pause) -> Iterator[None]:
    """The others rest until the block ends, each from its next `give_way` on."""
    _line.append(who)
    try:
        give_way(who, pause)
        yield
    finally:
        _line.remove(who)


def give_way(who: object, pause: Pause) -> None:
    """Rest while somebody else is alone, for at most LONGEST_REST."""
    end = time.monotonic() + LONGEST_REST
    while _line and _line[0] is not who and time.monotonic() < end:
        pause()
