"""A portal in a process of its own, as `payframe portal` starts it."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

CONFIG = Path(__file__).parents[3] / "payframe.toml"
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
        [sys.executable, "-m", "payframe", *arguments],
        cwd=folder,
        env=with_root(environment),
        capture_output=True,
        text=True,
        timeout=60,
    )


def with_root(environment: dict[str, str]) -> dict[str, str]:

    root = str(Path(__file__).parents[3])
    return {**os.environ, "PYTHONPATH": root, **environment}


@contextmanager
def running(folder: Path, *arguments: str) -> Iterator[tuple["subprocess.Popen[str]", Any]]:
    """A command that serves; the process and the line of JSON that it prints when ready."""
    with (folder / "log").open("a") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "payframe", *arguments, "--port=0", "--json"],
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
        yield process, json.loads(line)
    finally:
        process.terminate()
        process.wait(ENDS_WITHIN)
        process.stdout.close()


@contextmanager
def running_portal(folder: Path, *arguments: str) -> Iterator[Running]:
    with running(folder, "portal", *arguments) as (process, ready):
        yield Running(process, ready["webhook"], ready["view"], ready["authority"], folder)
