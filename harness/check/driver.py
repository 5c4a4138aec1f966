"""Drives visits: gives the tasks of each page to browsers, and makes a report of what they answer.

The command has browsers in processes of their own (jobs.py), a test the one that it runs in.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Protocol

from .finding import Finding
from .judging import PageReport, findings_or_crash, reported
from .plan import CHANGES, ODD_MESSAGE, loads_for, scenes_for
from .progress import Progress
from .reaction import COMPARED, is_as_usual
from .recording import Recording, Request, Visit
from .rule import Rule
from .tasks import OPENING, LostError, Play, Reach, UnreachableError

if TYPE_CHECKING:
    from playwright.sync_api import Browser

VisitTask = Reach | Play


class Browsers(Protocol):
    """Where tasks are done."""

    @property
    def free(self) -> bool:
        """Whether another task can be started now."""

    def start(self, task: VisitTask, /) -> None: ...

    def wait(self) -> tuple[VisitTask, Any]:
        """The next task that is done, and what it returned or the exception that it raised.

        LostError is the answer where the browser has crashed or hung.
        """


@dataclass
class PageVisit:
    """A page while it is being visited. `new_payment` makes a payment that is shown with it.

    `found` is what each rule has found that was judged already, by its ID; `crash` says how one of
    them has crashed. `is_shared` is whether the scene with all changes of the message has been
    judged: see plan.py.
    """

    url: str
    new_payment: Callable[[], int]
    document: Request | None = None
    recordings: dict[str, Recording] = field(default_factory=dict)
    found: dict[str, tuple[Finding, ...]] = field(default_factory=dict)
    crash: str | None = None
    is_shared: bool = False
    report: PageReport | None = None


@dataclass
class Driver:
    """Visits pages in the scenes given, and judges them by rules.

    `seller` is the shop's base URL; `timeout` is how long a load may take, in seconds. `opening` is
    the number of the page that a browser has been told to open by itself already.
    """

    browsers: Browsers
    seller: str
    pages: list[PageVisit]
    rules: tuple[Rule, ...]
    scenes: tuple[str, ...]
    timeout: float
    progress: Progress | None = None
    opening: int | None = None

    def __post_init__(self) -> None:
        self.waiting = deque(
            (number, scenes)
            for number, page in enumerate(self.pages)
            if not page.report
            for scenes in ((OPENING,), *loads_for(self.scenes))
        )
        if self.opening is not None:
            self.waiting.remove((self.opening, (OPENING,)))
            if self.progress:
                self.progress.started(self.opening, self.pages[self.opening].url, OPENING)

    def reports(self) -> Iterator[PageReport]:
        """One report a page, in the order of the pages."""
        for page in self.pages:
            while page.report is None:
                self.start_tasks()
                self.take_answer(*self.browsers.wait())
            yield page.report

    def start_tasks(self) -> None:
        """Give every free browser a task. The scenes of a page come before the next page."""
        while self.browsers.free and self.waiting:
            number, scenes = self.waiting.popleft()
            page = self.pages[number]
            self.browsers.start(
                Reach(number, page.url, self.timeout)
                if scenes == (OPENING,)
                else Play(number, self.seller, page.new_payment(), scenes, self.timeout)
            )
            if self.progress:
                self.progress.started(number, page.url, scenes[-1])

    def take_answer(self, task: VisitTask, answer: Any) -> None:
        page = self.pages[task.page]
        if page.report:
            return  # the answer of another scene has ended the visit
        if self.progress:
            self.progress.done(task.page, len(task.scenes) / (1 + len(self.scenes)))
        match answer:
            case Request():
                page.document = answer
            case list():
                page.recordings.update((recording.scene, recording) for recording in answer)
            case UnreachableError():
                self.finish(task.page, PageReport(page.url, (), None, str(answer)))
            case LostError():
                error = f"could not be tried ({', '.join(task.scenes)}): {answer}."
                self.finish(task.page, PageReport(page.url, (), None, error))
            case _:
                raise answer
        if page.report or page.document is None:
            return
        self.share_odd_message(task.page, page.document)
        played = {
            scene: page.recordings[scene] for scene in self.scenes if scene in page.recordings
        }
        visit = Visit(page.url, page.document, self.seller, played)
        self.judge(task.page, visit)
        if len(played) == len(self.scenes):
            findings = (finding for found in page.found.values() for finding in found)
            self.finish(task.page, reported(visit, findings, page.crash))

    def share_odd_message(self, number: int, document: Request) -> None:
        """Let its scene stand for others as soon as that can be judged, or play each of them."""
        page = self.pages[number]
        if page.is_shared or not page.recordings.keys() >= {ODD_MESSAGE, *COMPARED}:
            return
        page.is_shared = True
        odd = page.recordings[ODD_MESSAGE]
        if is_as_usual(Visit(page.url, document, self.seller, page.recordings), ODD_MESSAGE):
            page.recordings.update((scene, replace(odd, scene=scene)) for scene in CHANGES)
        else:
            self.waiting.extendleft((number, (scene,)) for scene in CHANGES)

    def judge(self, number: int, visit: Visit) -> None:
        """Judge by each rule whose scenes have all been played by now, once."""
        page = self.pages[number]
        for rule in self.rules:
            if rule.id in page.found or not visit.recordings.keys() >= set(rule.scenes):
                continue
            page.found[rule.id], crash = findings_or_crash((rule,), visit)
            page.crash = page.crash or crash
            if self.progress:
                self.progress.found(number, page.found[rule.id])

    def finish(self, number: int, report: PageReport) -> None:
        """Keep a page's report, and drop what is left to do for it."""
        self.pages[number].report = report
        self.pages[number].recordings.clear()
        self.pages[number].found.clear()
        self.waiting = deque(task for task in self.waiting if task[0] != number)
        if self.progress:
            self.progress.judged(number, report)


class OneBrowser:
    """The browser of this process, which does each task when its answer is waited for."""

    def __init__(self, browser: "Browser") -> None:
        self.browser = browser
        self.task: VisitTask | None = None

    @property
    def free(self) -> bool:
        return self.task is None

    def start(self, task: VisitTask) -> None:
        self.task = task

    def wait(self) -> tuple[VisitTask, Any]:
        assert self.task, "nothing has been started"
        task, self.task = self.task, None
        try:
            return task, task(self.browser)
        except UnreachableError as error:
            return task, error


def check_in(
    browser: "Browser",
    url: str,
    seller: str,
    new_payment: Callable[[], int],
    rules: tuple[Rule, ...],
    scenes: Iterable[str] = (),
    *,
    timeout: float,
) -> PageReport:
    """Visit one page with a browser that runs already, and judge it.

    `scenes` are played besides those of the rules; see Driver for the others.
    """
    pages = [PageVisit(url, new_payment)]
    played = scenes_for(rules, scenes)
    (report,) = Driver(OneBrowser(browser), seller, pages, rules, played, timeout).reports()
    return report
