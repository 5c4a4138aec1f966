"""How far a check is, on stderr: bars on a terminal, a line a page elsewhere."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from rich.console import Console
from rich.progress import BarColumn, TaskID, TextColumn, TimeElapsedColumn
from rich.progress import Progress as ProgressBars

from .finding import Finding
from .judging import PageReport
from .report.report import summary

CONNECTING = "connecting"
"""The first that is done with a page."""


class Progress(Protocol):
    """Is told how far the run is. Pages are named by their number among those of the run."""

    def started(self, page: int, url: str, scene: str, /) -> None: ...

    def done(self, page: int, share: float, /) -> None:
        """A scene has been played, which was a share of the page's visit, 0 to 1."""

    def found(self, page: int, findings: tuple[Finding, ...], /) -> None:
        """What a rule has found, before the page's visit has ended; of a server, what all have."""

    def judged(self, page: int, report: PageReport, /) -> None: ...


class Bars:
    """One bar for all pages, and one for each page that is being visited."""

    def __init__(self, bars: ProgressBars, total: int) -> None:
        self.bars = bars
        self.overall = bars.add_task("Checking", total=total, scene="")
        self.pages: dict[int, TaskID] = {}

    def started(self, page: int, url: str, scene: str) -> None:
        if page not in self.pages:
            self.pages[page] = self.bars.add_task(url, total=1, scene="")
        self.bars.update(self.pages[page], scene=scene.replace("_", " "))

    def done(self, page: int, share: float) -> None:
        self.bars.advance(self.pages[page], share)
        self.bars.advance(self.overall, share)

    def found(self, _page: int, _findings: tuple[Finding, ...]) -> None:
        pass

    def judged(self, page: int, _report: PageReport) -> None:
        left = 1 - self.bars.tasks[self.bars.task_ids.index(self.pages[page])].completed
        self.bars.advance(self.overall, left)
        self.bars.remove_task(self.pages[page])


class Lines:
    """A line for each page when it is done."""

    def __init__(self, total: int) -> None:
        self.total = total
        self.count = 0

    def started(self, _page: int, _url: str, _scene: str) -> None:
        pass

    def done(self, _page: int, _share: float) -> None:
        pass

    def found(self, _page: int, _findings: tuple[Finding, ...]) -> None:
        pass

    def judged(self, _page: int, report: PageReport) -> None:
        self.count += 1
        said = "not checked" if report.error else summary(report)
        print(f"[{self.count}/{self.total}] {report.url}: {said}", file=sys.stderr, flush=True)


@contextmanager
def shown_progress(total: int) -> Iterator[Progress]:
    """Show the progress of so many pages until the block ends."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield Lines(total)
        return
    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(bar_width=24),
        TextColumn("{task.percentage:>3.0f}%"),
        TextColumn("{task.fields[scene]}", markup=False, style="dim"),
        TimeElapsedColumn(),
    )
    with ProgressBars(*columns, console=console, transient=True) as bars:
        yield Bars(bars, total)
