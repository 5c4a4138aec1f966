"""From targets to verdicts: a shop in a thread, browsers side by side, one report a page."""

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, Protocol

from payframe.widget.config import Config

from ..server.in_process import running
from .film import lightened, trimmed
from .finding import SEVERITIES, Finding
from .jobs import Browsers, LostError, browsers
from .recording import Recording, Request, Visit
from .rule import Rule
from .target import Target
from .visit import OPENING, Play, Reach, UnreachableError

Verdict = Literal["clean", "findings", "not run"]

SLACK = 120.0
"""Seconds that a scene may take beyond the time for a load, also on a busy machine."""


@dataclass(frozen=True)
class PageReport:
    """What came of one page. `error` says why nothing can be said of it, in words that go on from
    its URL; `visit` is None where it could not be reached.

    Findings are sorted, the worst first.
    """

    url: str
    findings: tuple[Finding, ...]
    visit: Visit | None
    error: str | None = None

    @property
    def verdict(self) -> Verdict:
        if self.error is not None:
            return "not run"
        return "findings" if self.findings else "clean"

    def as_json(self) -> dict[str, Any]:
        report: dict[str, Any] = {
            "url": self.url,
            "verdict": self.verdict,
            "findings": [each.as_json() for each in self.findings],
        }
        return report if self.error is None else {**report, "error": self.error}


class Progress(Protocol):
    """Who wants to know how far it is. Pages are named by their place among the targets."""

    def started(self, page: int, url: str, scene: str, /) -> None: ...

    def done(self, page: int, share: float, /) -> None:
        """A scene has been played, which was a share of the page's visit."""

    def judged(self, page: int, report: PageReport, /) -> None: ...


@dataclass
class _Page:
    """A page while it is being visited."""

    url: str
    new_payment: Callable[[], int]
    document: Request | None = None
    recordings: dict[str, Recording] = field(default_factory=dict)
    report: PageReport | None = None


def default_jobs() -> int:
    """Three for two cores, since a browser often waits for quiet; at most four.

    The shop that all of them visit is one process.
    """
    cores = os.cpu_count() or 1
    return min(cores + cores // 2, 4)


def check(
    targets: list[Target],
    rules: tuple[Rule, ...],
    config: Config,
    dist: Path,
    *,
    timeout: float,
    jobs: int = 1,
    also: Iterable[str] = (),
    progress: Progress | None = None,
) -> Iterator[PageReport]:
    """Visit every target and judge it by the rules: one report a target, in their order.

    `config` and `dist` are of the widget that the shop serves beside them; `timeout` is how long
    a load may take, in seconds; `jobs` is how many browsers work side by side; `also` names
    scenes that are played whether a rule looks at them or not. Of a visit only what a report shows
    is kept. Raises NoBrowserError and PortError.
    """
    scenes = tuple(dict.fromkeys([*(scene for rule in rules for scene in rule.scenes), *also]))
    jobs = max(1, min(jobs, len(targets) * len(scenes)))
    with browsers(jobs, timeout + SLACK) as crew, running(config, dist) as server:
        pages = [_Page(*target.payments(server)) for target in targets]
        seller = server.addresses.seller
        yield from _Round(crew, seller, pages, rules, scenes, timeout, progress).reports()


@dataclass
class _Round:
    """The visits of all pages: what is still to do, and what has come back."""

    crew: Browsers
    seller: str
    pages: list[_Page]
    rules: tuple[Rule, ...]
    scenes: tuple[str, ...]
    timeout: float
    progress: Progress | None

    def __post_init__(self) -> None:
        self.waiting = deque(
            (number, scene)
            for number in range(len(self.pages))
            for scene in (OPENING, *self.scenes)
        )

    def reports(self) -> Iterator[PageReport]:
        for page in self.pages:
            while page.report is None:
                self.start()
                self.hear(*self.crew.wait())
            yield page.report

    def start(self) -> None:
        """Give every free browser a task; a page that is begun comes before the next one."""
        while self.crew.free and self.waiting:
            number, scene = self.waiting.popleft()
            page = self.pages[number]
            self.crew.start(
                Reach(number, page.url, self.timeout)
                if scene == OPENING
                else Play(number, self.seller, page.new_payment(), scene, self.timeout)
            )
            if self.progress:
                self.progress.started(number, page.url, scene)

    def hear(self, task: Reach | Play, answer: Any) -> None:
        page = self.pages[task.page]
        if page.report:
            return  # what came of another scene has ended the visit
        if self.progress:
            self.progress.done(task.page, 1 / (1 + len(self.scenes)))
        match answer:
            case Request():
                page.document = answer
            case Recording():
                page.recordings[answer.scene] = answer
            case UnreachableError():
                self.settle(task.page, PageReport(page.url, (), None, str(answer)))
            case LostError():
                error = f"could not be tried ({task.scene}): {answer}."
                self.settle(task.page, PageReport(page.url, (), None, error))
            case _:
                raise answer
        if not page.report and page.document and len(page.recordings) == len(self.scenes):
            played = {scene: page.recordings[scene] for scene in self.scenes}
            seen = Visit(page.url, page.document, self.seller, played)
            self.settle(task.page, report_on(self.rules, seen))

    def settle(self, number: int, report: PageReport) -> None:
        """A page is done; what is left of its visit is forgotten."""
        self.pages[number].report = report
        self.pages[number].recordings.clear()
        self.waiting = deque(each for each in self.waiting if each[0] != number)
        if self.progress:
            self.progress.judged(number, report)


def report_on(rules: tuple[Rule, ...], seen: Visit) -> PageReport:
    """The verdict on a visit. A rule that fails on it is told like a page that cannot be tried."""
    try:
        found = judge(rules, seen)
    except Exception as failure:
        said = f"could not be judged: {type(failure).__name__}: {failure}"
        return PageReport(seen.url, (), trimmed(seen), said)
    error = None if found else unplayed(seen)
    return PageReport(seen.url, tuple(map(lightened, found)), trimmed(seen), error)


def unplayed(seen: Visit) -> str | None:
    """Why a visit without findings proves nothing, where a scene was not shown to its end."""
    for scene, recording in seen.recordings.items():
        if not recording.shown:
            trouble = recording.trouble or "the browser did not show the page in the frame"
            return f"could not be tried in the scene {scene}: {trouble}"
    return None


def judge(rules: tuple[Rule, ...], seen: Visit) -> tuple[Finding, ...]:
    found = [finding for rule in rules for finding in rule.findings(seen)]
    return tuple(sorted(found, key=lambda each: (SEVERITIES.index(each.severity), each.rule)))
