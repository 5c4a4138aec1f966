"""`payframe check` in the background, for the page that is in the studio."""

import asyncio
import base64
import contextlib
import json
import os
import signal
import sys
from itertools import count
from pathlib import Path
from typing import Any

from .timeline import Row, Timeline

MODULE = "payframe.harness.studio.check_process"
TIMEOUT = 10.0
"""Seconds that the page may take to load."""
CLOSING = 10.0
"""Seconds that a check gets to close its browsers."""
LONGEST = 16 * 1024 * 1024
"""Bytes of a line: a finding with its pictures."""


class BackgroundCheck:
    """One check at a time. What it finds is told to the timeline as it comes, and makes a row."""

    def __init__(self, timeline: Timeline, config: Path, dist: Path) -> None:
        self._timeline = timeline
        self._config = config
        self._dist = dist
        self._process: asyncio.subprocess.Process | None = None
        self._reading: asyncio.Task[None] | None = None
        self._changing = asyncio.Lock()
        self._numbers = count(1)
        self._pictures: dict[int, bytes] = {}

    async def start(self, url: str | None, amount: str, currency: str) -> None:
        """Check a page, by default the widget itself, in place of a check that still runs.

        `amount` is a decimal string, `currency` an ISO 4217 code.
        """
        async with self._changing:
            await self._end()
            await self._begin(url, amount, currency)

    async def _begin(self, url: str | None, amount: str, currency: str) -> None:
        self._pictures.clear()
        asked = {
            "url": url,
            "amount": amount,
            "currency": currency,
            "config": str(self._config.resolve()),
            "dist": str(self._dist.resolve()),
            "timeout": TIMEOUT,
        }
        self._timeline.tell("check", {"state": "started"})
        # A session of its own: Ctrl-C is for the studio, which ends this one.
        self._process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            MODULE,
            json.dumps(asked),
            stdout=asyncio.subprocess.PIPE,
            limit=LONGEST,
            start_new_session=True,
        )
        self._reading = asyncio.create_task(self._read(self._process))

    async def _read(self, process: asyncio.subprocess.Process) -> None:
        assert process.stdout
        last = ""
        async for line in process.stdout:
            told = json.loads(line)
            last = told["state"]
            if finding := told.get("finding"):
                self._keep_pictures(finding)
                self._timeline.add(_row(finding))
            self._timeline.tell("check", told)
        await process.wait()
        if last not in ("done", "failed"):
            text = "The check has ended before it was done. The terminal says why."
            self._timeline.tell("check", {"state": "failed", "error": text})

    def _keep_pictures(self, finding: dict[str, Any]) -> None:
        for picture in finding["pictures"]:
            picture["url"] = self.keep(base64.b64decode(picture.pop("png")))

    def keep(self, png: bytes) -> str:
        """Keep a picture; its address."""
        number = next(self._numbers)
        self._pictures[number] = png
        return f"/studio/pictures/{number}"

    def picture(self, number: int) -> bytes | None:
        """PNG, by the number in its address; those of the check before are gone."""
        return self._pictures.get(number)

    async def stop(self) -> None:
        """End the check that runs, and its browsers."""
        async with self._changing:
            await self._end()

    async def _end(self) -> None:
        process, reading = self._process, self._reading
        self._process = self._reading = None
        if reading:
            reading.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await reading
        if process is None or process.returncode is not None:
            return
        with contextlib.suppress(ProcessLookupError):
            process.send_signal(signal.SIGINT)
            try:
                await asyncio.wait_for(process.wait(), CLOSING)
            except TimeoutError:
                os.killpg(process.pid, signal.SIGKILL)
                await process.wait()


def _row(finding: dict[str, Any]) -> Row:
    return Row(
        source="studio",
        kind="finding",
        title=finding["title"],
        level=finding["severity"],
        mark=finding["message"],
        content={name: finding[name] for name in ("rule", "message", "fix")},
    )
