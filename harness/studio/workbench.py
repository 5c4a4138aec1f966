"""What the studio works with beside the shop."""

from dataclasses import dataclass
from pathlib import Path

from payframe.widget.config import Config

from .browser import StudioBrowser
from .checking import BackgroundCheck
from .timeline import Timeline


@dataclass(frozen=True)
class Workbench:
    """`config` is of the handler that is worked on; `browser` is the studio's own. `checks` is
    whether the page is checked without being asked."""

    config: Config
    timeline: Timeline
    check: BackgroundCheck
    browser: StudioBrowser
    checks: bool


def workbench(config: Config, file: Path, dist: Path, *, checks: bool = False) -> Workbench:
    """For the payframe.toml `file` and the folder in which its widget is built."""
    timeline = Timeline()
    check = BackgroundCheck(timeline, file, dist)
    return Workbench(config, timeline, check, StudioBrowser(timeline), checks)
