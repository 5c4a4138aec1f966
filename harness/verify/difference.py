"""What differs, as one line."""

from dataclasses import dataclass

from ..printable import printable

LONGEST = 120
"""Characters of a value in a line."""


@dataclass(frozen=True)
class Difference:
    """`what` is a header, or a part of the body; `codings` those in which it was seen."""

    url: str
    what: str
    expected: str
    got: str
    codings: tuple[str, ...] = ()

    def __str__(self) -> str:
        where = f" (with {', '.join(self.codings)})" if self.codings else ""
        return (
            f"{self.url}{where}: {self.what}: expected {shorten(self.expected)}, "
            f"got {shorten(self.got)}"
        )


def shorten(text: str) -> str:
    line = printable(text)
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1]}…"
