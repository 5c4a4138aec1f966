"""The system's Firefox over WebDriver BiDi, which it speaks by itself: no geckodriver is needed.

The commands are those of https://w3c.github.io/webdriver-bidi/.
"""

import base64
import itertools
import json
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from websockets.sync.client import ClientConnection, connect

from tests.engines import wire
from tests.engines.engine import (
    FOCUS_FIELD,
    HEIGHT,
    WIDTH,
    Engine,
    MissingEngineError,
    Scheme,
    ScriptError,
)

PACKAGES = ("firefox-esr",)
PATIENCE = 30.0
"""Seconds that a command may take."""

SCHEME = "layout.css.prefers-color-scheme.content-override"
SCHEMES = {"dark": 0, "light": 1}


def find() -> Path:
    for name in ("firefox-esr", "firefox"):
        if path := shutil.which(name):
            return Path(path)
    raise MissingEngineError("there is no firefox-esr, and none of Playwright's")


@contextmanager
def start(scheme: Scheme) -> Iterator[Engine]:
    program = find()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        (Path(folder) / "user.js").write_text(f'user_pref("{SCHEME}", {SCHEMES[scheme]});\n')
        process = subprocess.Popen(
            [
                program,
                "--headless",
                "--no-remote",
                "--profile",
                folder,
                "--remote-debugging-port=0",
            ],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, "HOME": folder},
        )
        try:
            with connect(f"{address(process)}/session", max_size=None) as bidi:
                tab = Firefox(bidi)
                yield tab
                tab.command("browser.close")
            process.wait(PATIENCE)
        finally:
            process.kill()
            process.wait()
            assert process.stderr is not None
            process.stderr.close()


def address(process: subprocess.Popen[str]) -> str:
    """Where Firefox listens, as it says itself."""
    assert process.stderr is not None
    said = ""
    for line in process.stderr:
        if found := re.search(r"WebDriver BiDi listening on (ws://\S+)", line):
            return found[1]
        said += line
    raise RuntimeError(f"Firefox has ended at once: {said}")


class Firefox:
    def __init__(self, bidi: ClientConnection) -> None:
        self.bidi = bidi
        self.number = itertools.count(1)
        self.command("session.new", capabilities={})
        self.tab: str = self.contexts()[0]["context"]
        viewport = {"width": WIDTH, "height": HEIGHT}
        self.command("browsingContext.setViewport", context=self.tab, viewport=viewport)

    def command(self, method: str, **parameters: object) -> Any:
        number = next(self.number)
        self.bidi.send(json.dumps({"id": number, "method": method, "params": parameters}))
        answer = json.loads(self.bidi.recv(PATIENCE))
        assert answer["id"] == number, "nothing else comes, since no event is subscribed to"
        if answer["type"] == "error":
            raise ScriptError(f"{method}: {answer['error']}: {answer['message']}")
        return answer["result"]

    def contexts(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.command("browsingContext.getTree")["contexts"]
        return found

    def context(self, inside: bool) -> str:
        if not inside:
            return self.tab
        for frame in self.contexts()[0]["children"]:
            return str(frame["context"])
        raise ScriptError("the page has no frame")

    def open(self, url: str) -> None:
        self.command("browsingContext.navigate", context=self.tab, url=url, wait="complete")

    def run(self, function: str, *arguments: object, inside: bool = True) -> Any:
        answer = self.command(
            "script.evaluate",
            expression=wire.call(function, arguments),
            awaitPromise=True,
            target={"context": self.context(inside)},
        )
        if answer["type"] == "exception":
            raise ScriptError(answer["exceptionDetails"]["text"])
        return json.loads(answer["result"].get("value", "null"))

    def click(self, x: float, y: float, *, inside: bool = True) -> None:
        self.act(wire.click(x, y), inside)

    def type(self, text: str, *, inside: bool = True) -> None:
        self.act(wire.strokes(text), inside)

    def type_into(self, field: int, text: str) -> None:
        context = str(self.contexts()[0]["children"][0]["children"][field]["context"])
        self.command(
            "script.evaluate",
            expression=FOCUS_FIELD,
            awaitPromise=False,
            target={"context": context},
        )
        self.command("input.performActions", context=context, actions=wire.strokes(text))

    def act(self, actions: list[dict[str, Any]], inside: bool) -> None:
        self.command("input.performActions", context=self.context(inside), actions=actions)

    def picture(self) -> bytes:
        answer = self.command("browsingContext.captureScreenshot", context=self.tab)
        return base64.b64decode(answer["data"])
