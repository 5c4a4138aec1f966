"""Own edits live: the widget is built again after a change, and every open studio is told."""

import contextlib
import threading
from collections.abc import Callable
from pathlib import Path

from payframe.widget.build import watch

from payframe.errors import PayframeError

from ..check.changes import of_files
from .timeline import Timeline


def watch_widget(timeline: Timeline, config_file: Path, out: Path) -> None:
    """Build the widget of a payframe.toml again after each change, as long as the process lives.

    A draft is built: see build.
    """

    def follow() -> None:
        for built in watch(config_file, out, draft=True):
            if isinstance(built, Exception):
                timeline.tell("edited", {"title": "The page cannot be built", "error": str(built)})
            else:
                timeline.tell("edited", {"title": "The page is built anew", "error": ""})

    _in_background(follow)


def watch_folder(timeline: Timeline, folder: Path) -> None:
    """Tell of each change in a folder, whose files another server sends.

    Raises WatchError where it is none.
    """
    changes = of_files(folder)
    next(changes)

    def follow() -> None:
        for names in changes:
            timeline.tell("edited", {"title": f"Changed: {', '.join(names)}", "error": ""})

    _in_background(follow)


def _in_background(work: Callable[[], None]) -> None:
    def run() -> None:
        # Where the folder is gone, nothing in it will change.
        with contextlib.suppress(PayframeError):
            work()

    threading.Thread(target=run, name="payframe-edits", daemon=True).start()
