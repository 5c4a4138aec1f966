"""WebKitGTK's MiniBrowser over WebDriver, on an X server of its own that nobody sees.

The commands are those of https://w3c.github.io/webdriver/.
"""

import base64
import json
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx

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

PACKAGES = ("webkit2gtk-driver", "xvfb")
PATIENCE = 30.0
"""Seconds that a command may take."""

TOOLBAR = 38
"""CSS px of MiniBrowser's window that are not the page's."""

CORNER = """() => {
  const { left, top } = document.querySelector("iframe").getBoundingClientRect();
  return [left, top];
}"""
THEMES = {"light": "Adwaita", "dark": "Adwaita:dark"}


def find() -> tuple[str, str, str]:
    """MiniBrowser, its driver, and the X server."""
    browsers = sorted(map(str, Path("/usr/lib").glob("*/webkit2gtk-4.*/MiniBrowser")))
    browser = browsers[-1] if browsers else None
    driver, display = shutil.which("WebKitWebDriver"), shutil.which("Xvfb")
    if browser and driver and display:
        return browser, driver, display
    missing = [
        name
        for name, path in (
            ("MiniBrowser", browser),
            ("WebKitWebDriver", driver),
            ("Xvfb", display),
        )
        if not path
    ]
    raise MissingEngineError(f"there is no {' and no '.join(missing)}, and none of Playwright's")


@contextmanager
def start(scheme: Scheme) -> Iterator[Engine]:
    browser, driver, display = find()
    options = {"binary": browser, "args": ["--automation"]}
    capabilities = {"alwaysMatch": {"webkitgtk:browserOptions": options}}
    with (
        screen(display) as number,
        listening(driver, number, THEMES[scheme]) as address,
        httpx.Client(base_url=address, timeout=PATIENCE) as client,
    ):
        opened = send(client, "POST", "/session", {"capabilities": capabilities})
        session = f"/session/{opened['sessionId']}"
        try:
            yield WebKit(client, session)
        finally:
            send(client, "DELETE", session)


@contextmanager
def listening(program: str, display: str, theme: str) -> Iterator[str]:
    """The driver, at a free port, with the surroundings that it hands on to the browser."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    process = subprocess.Popen(
        [program, f"--port={port}"],
        env={**os.environ, "DISPLAY": display, "GTK_THEME": theme},
        stderr=subprocess.DEVNULL,
    )
    try:
        until_open(port)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait()


@contextmanager
def screen(program: str) -> Iterator[str]:
    """An X server; it finds a free number by itself, for example `:1`."""
    reading, writing = os.pipe()
    process = subprocess.Popen(
        [program, "-displayfd", str(writing), "-screen", "0", "1600x1200x24", "-nolisten", "tcp"],
        pass_fds=[writing],
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    try:
        with os.fdopen(reading) as said:
            number = said.readline().strip()
        if not number:
            raise RuntimeError(f"Xvfb has ended at once, with status {process.wait()}.")
        yield f":{number}"
    finally:
        process.terminate()
        process.wait()


def until_open(port: int) -> None:
    end = time.monotonic() + PATIENCE
    while True:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
            return
        except ConnectionRefusedError:
            if time.monotonic() > end:
                raise
            time.sleep(0.02)


def send(client: httpx.Client, verb: str, path: str, body: object = None) -> Any:
    """Give the driver a command. Raises ScriptError where it cannot do that."""
    answer = client.request(verb, path, json=body)
    value = answer.json()["value"]
    if answer.is_error:
        raise ScriptError(f"{path}: {value['error']}: {value['message']}")
    return value


class WebKit:
    def __init__(self, client: httpx.Client, session: str) -> None:
        self.client = client
        self.session = session
        self.command("/window/rect", width=WIDTH, height=HEIGHT + TOOLBAR)

    def command(self, path: str, **parameters: object) -> Any:
        return send(self.client, "POST", self.session + path, parameters)

    def enter(self, inside: bool) -> None:
        self.command("/frame", id=None)
        if inside:
            self.command("/frame", id=0)

    def open(self, url: str) -> None:
        self.enter(inside=False)
        self.command("/url", url=url)

    def run(self, function: str, *arguments: object, inside: bool = True) -> Any:
        self.enter(inside)
        called = f"""const done = arguments[0];
          {wire.call(function, arguments)}
            .then((value) => done([value ?? null]), (error) => done([null, String(error)]));"""
        value, *error = self.command("/execute/async", script=called, args=[])
        if error:
            raise ScriptError(error[0])
        return None if value is None else json.loads(value)

    def click(self, x: float, y: float, *, inside: bool = True) -> None:
        if inside:  # WebKitGTK counts from the window's corner all the same.
            left, top = self.run(CORNER, inside=False)
            x, y = left + x, top + y
        self.act(wire.click(x, y), inside)

    def type(self, text: str, *, inside: bool = True) -> None:
        self.act(wire.strokes(text), inside)

    def type_into(self, field: int, text: str) -> None:
        self.enter(inside=True)
        self.command("/frame", id=field)
        self.command("/execute/sync", script=FOCUS_FIELD, args=[])
        self.command("/actions", actions=wire.strokes(text))

    def act(self, actions: list[dict[str, Any]], inside: bool) -> None:
        self.enter(inside)
        self.command("/actions", actions=actions)

    def picture(self) -> bytes:
        self.enter(inside=False)
        return base64.b64decode(send(self.client, "GET", f"{self.session}/screenshot"))
