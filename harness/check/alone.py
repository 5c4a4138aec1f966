"""A browser to oneself, for what is timed in animation frames, while other tasks share it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

Pause = Callable[[], object]
"""Lets the other tasks of this process go on for a moment."""

_line: list[object] = []
"""Who wants to be alone; the first one is."""


@contextmanager
def alone(pause: Pause) -> Iterator[None]:
    """The others rest until the block ends, each from its next `give_way` on."""
    place = object()
    _line.append(place)
    try:
        while _line[0] is not place:
            pause()
        yield
    finally:
        _line.remove(place)


def give_way(pause: Pause) -> None:
    """Rest while somebody else wants to be alone. Not to be called by whoever is."""
    while _line:
        pause()
