"""The visit of a page as tasks for browsers. Playwright is loaded only where one is done."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from .recording import Recording, Request

if TYPE_CHECKING:
    from playwright.sync_api import Browser

OPENING = "opening it"
"""What comes before the scenes of a page, or beside them."""


class UnreachableError(Exception):
    """The page cannot be opened; the message says why, and goes on from the page's URL."""


class LostError(Exception):
    """A task has no answer; the message says what has happened to its browser."""


@dataclass(frozen=True)
class Reach:
    """The task to open a page by itself. `page` is its number among those of the run."""

    page: int
    url: str
    timeout: float
    scenes: tuple[str, ...] = (OPENING,)

    def __call__(self, browser: "Browser") -> Request:
        from .visit import reach

        return reach(browser, self.url, self.timeout)


@dataclass(frozen=True)
class Play:
    """The task to play scenes one after the other with one page."""

    page: int
    seller: str
    payment_id: int
    scenes: tuple[str, ...]
    timeout: float

    def __call__(self, browser: "Browser") -> list[Recording]:
        from .visit import play

        return play(browser, self.seller, self.payment_id, self.scenes, self.timeout)
