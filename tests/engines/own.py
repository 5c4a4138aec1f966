"""Playwright's own Firefox and WebKit, where they are installed."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal

from playwright.sync_api import Error, Frame, Page, Playwright

from tests.engines import wire
from tests.engines.engine import HEIGHT, WIDTH, Engine, Scheme, ScriptError

KEYS = {"\t": "Tab", "\r": "Enter"}
Name = Literal["firefox", "webkit"]


def is_installed(playwright: Playwright, name: str) -> bool:
    return Path(getattr(playwright, name).executable_path).is_file()


@contextmanager
def start(playwright: Playwright, name: Name, scheme: Scheme) -> Iterator[Engine]:
    with getattr(playwright, name).launch() as browser:
        viewport = {"width": WIDTH, "height": HEIGHT}
        yield Own(browser.new_page(viewport=viewport, color_scheme=scheme))


class Own:
    def __init__(self, page: Page) -> None:
        self.page = page

    def frame(self, inside: bool) -> Frame:
        if not inside:
            return self.page.main_frame
        for frame in self.page.main_frame.child_frames:
            return frame
        raise ScriptError("the page has no frame")

    def open(self, url: str) -> None:
        self.page.goto(url)

    def run(self, function: str, *arguments: object, inside: bool = True) -> Any:
        try:
            value = self.frame(inside).evaluate(wire.call(function, arguments))
        except Error as error:
            raise ScriptError(error.message) from error
        return None if value is None else json.loads(value)

    def click(self, x: float, y: float, *, inside: bool = True) -> None:
        box = self.frame(inside).frame_element().bounding_box() if inside else None
        left, top = (box["x"], box["y"]) if box else (0, 0)
        self.page.mouse.click(left + x, top + y)

    def type(self, text: str, *, inside: bool = True) -> None:  # noqa: ARG002 - as focused
        for character in text:
            self.page.keyboard.press(KEYS.get(character, character))

    def type_into(self, field: int, text: str) -> None:
        frame = self.frame(inside=True).child_frames[field]
        frame.locator("input").press_sequentially(text)

    def picture(self) -> bytes:
        return self.page.screenshot()
