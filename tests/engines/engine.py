"""What a browser must be able to do, so that the tests are written once for all of them."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any, Literal, Protocol

Scheme = Literal["light", "dark"]
"""What the buyer prefers: the value of prefers-color-scheme."""

WIDTH, HEIGHT = 940, 1000
"""CSS px of a tab's viewport, about: the payment page fits in it."""


FOCUS_FIELD = "document.querySelector('input').focus()"
"""For `type_into`."""


class MissingEngineError(Exception):
    """A browser is not there; the message says in one line what would be needed."""


class ScriptError(Exception):
    """A script could not run or has thrown, as it happens while a page is being left."""


class Engine(Protocol):
    """One tab of one browser. `inside` means the payment frame, else the shop's page around it."""

    def open(self, url: str) -> None:
        """Go to a page and wait for its load."""

    def run(self, function: str, *arguments: object, inside: bool = True) -> Any:
        """Call a JavaScript function, await what it returns, and return that as JSON carries it.

        Raises ScriptError.
        """

    def click(self, x: float, y: float, *, inside: bool = True) -> None:
        """Click with the mouse at a point of the viewport, in CSS px."""

    def type(self, text: str, *, inside: bool = True) -> None:
        """Press and release the key of each character; "\\t" is Tab and "\\r" is Enter."""

    def type_into(self, field: int, text: str) -> None:
        """Type into the only input of a frame inside the payment frame, by the frame's number."""

    def picture(self) -> bytes:
        """The viewport as PNG."""


Start = Callable[[Scheme], AbstractContextManager[Engine]]
"""Starts a browser for as long as the context lasts. Raises MissingEngineError."""
