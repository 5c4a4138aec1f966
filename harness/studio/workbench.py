"""What the studio works with beside the shop."""

from dataclasses import dataclass
from pathlib import Path

from payframe.widget.config import Config

from .browser import StudioBrowser
from .checking import BackgroundCheck
from .timeline import Timeline


@dataclass(frozen=True)
class Workbench:
    """`config` is of the handler that is worked on; `browser` is the studio's own."""

    config: Config
    timeline: Timeline
    check: BackgroundCheck
    browser: StudioBrowser


def workbench(config: Config, file: Path, dist: Path) -> Workbench:
    """For the payframe.toml `file` and the folder in which its widget is built."""
    timeline = Timeline()
    return Workbench(
        config, timeline, BackgroundCheck(timeline, file, dist), StudioBrowser(timeline)
    )
