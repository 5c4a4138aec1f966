"""What differs, as one line."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from ..printable import printable
from .engines import Asked

T = TypeVar("T")
LONGEST = 120
"""Characters of a value in a line."""


@dataclass(frozen=True)
class Difference:
    """`what` is a header, or a part of the body.

    `engines`, `codings` and `referers` are those in which it was seen; empty where in all.
    """

    url: str
    what: str
    expected: str
    got: str
    engines: tuple[str, ...] = ()
    codings: tuple[str, ...] = ()
    referers: tuple[bool, ...] = ()

    def __str__(self) -> str:
        seen = [
            *([f"as {', '.join(self.engines)}"] if self.engines else []),
            *([f"with {', '.join(self.codings)}"] if self.codings else []),
            *("with a Referer" if each else "without a Referer" for each in self.referers),
        ]
        where = f" ({', '.join(seen)})" if seen else ""
        return (
            f"{self.url}{where}: {self.what}: expected {shorten(self.expected)}, "
            f"got {shorten(self.got)}"
        )


def seen_in(
    key: tuple[str, str, str, str], seen: Sequence[Asked], ways: Sequence[Asked]
) -> Difference:
    """The difference `key` (url, what, expected, got), seen in some of all `ways` to ask."""

    def told(of: Callable[[Asked], T]) -> tuple[T, ...]:
        found = tuple(dict.fromkeys(map(of, seen)))
        return () if len(found) == len(set(map(of, ways))) else found

    return Difference(
        *key,
        engines=told(lambda asked: asked.engine),
        codings=told(lambda asked: asked.coding),
        referers=told(lambda asked: asked.referer),
    )


def shorten(text: str) -> str:
    line = printable(text)
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1]}…"
