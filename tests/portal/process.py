"""A portal in a process of its own, as `payframe portal` starts it."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ENDS_WITHIN = 10.0
"""Seconds."""


@dataclass(frozen=True)
class Running:
    """`webhook` is the URL of one; `authority` the file to trust; `folder` its working folder."""

    process: "subprocess.Popen[str]"
    webhook: str
    view: str
    authority: str | None
    folder: Path


def payframe(
    folder: Path, *arguments: str, **environment: str
) -> "subprocess.CompletedProcess[str]":
    """Run a command to its end in `folder`."""
    return subprocess.run(
        [sys.executable, "-m", "harness.cli", *arguments],
        cwd=folder,
        env=with_root(environment),
        capture_output=True,
        text=True,
        timeout=60,
    )


def with_root(environment: dict[str, str]) -> dict[str, str]:

    root = str(Path(__file__).parents[2])
    return {**os.environ, "PYTHONPATH": root, **environment}


@contextmanager
def running_portal(folder: Path, *arguments: str) -> Iterator[Running]:
    with (folder / "log").open("a") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "harness.cli", "portal", "--port=0", "--json", *arguments],
            cwd=folder,
            env=with_root({}),
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
        )
    assert process.stdout
    try:
        line = process.stdout.readline()
        assert line, (folder / "log").read_text()
        ready = json.loads(line)
        yield Running(process, ready["webhook"], ready["view"], ready["authority"], folder)
    finally:
        process.terminate()
        process.wait(ENDS_WITHIN)
        process.stdout.close()
