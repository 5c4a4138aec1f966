"""`payframe check --watch`: a check after every change, each finding as soon as it is known.

After the first check, what is new is told in full, what is still there in one line, and what is
gone at the end.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime

from rich.console import Console
from rich.text import Text

from payframe.errors import PayframeError

from ..printable import printable
from .finding import Finding
from .judging import PageReport
from .progress import CONNECTING, Progress
from .report import text
from .report.report import Report, summary
from .rule import Rule

Key = tuple[str, str]
"""A finding's rule and its message without the numbers, which differ from check to check."""
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


def watch(
    changes: Iterator[list[str]],
    run: Callable[[Progress], Report],
    status: Callable[[Report], int],
    rules: tuple[Rule, ...],
) -> int:
    """Run a check for each item of `changes`, until Ctrl-C; the status of the last one.

    An item is the names of what has changed. Raises PayframeError where the first check cannot be
    made.
    """
    console = Console(highlight=False, soft_wrap=True)
    told = Told(console, rules)
    last: int | None = None
    try:
        for changed in changes:
            if changed:
                console.print(Text(f"Changed: {printable(', '.join(changed))}", "dim"))
            try:
                last = status(run(told))
            except PayframeError as error:
                if last is None:
                    raise
                console.print(Text(str(error), "red"))
            console.print("Waiting for a change. Ctrl-C ends.", style="dim")
    except KeyboardInterrupt:
        if last is None:
            raise
    return last or 0


class Told:
    """Prints the findings of one check after another. See Progress."""

    def __init__(self, console: Console, rules: tuple[Rule, ...]) -> None:
        self.console = console
        self.rules = {rule.id: rule for rule in rules}
        self.before: dict[str, list[Finding]] = {}
        self.now: dict[int, list[Finding]] = {}
        self.urls: dict[int, str] = {}

    def started(self, page: int, url: str, scene: str) -> None:
        if page in self.urls:
            return
        self.urls[page], self.now[page] = url, []
        if scene != CONNECTING:
            self.console.print(Text(f"{datetime.now().astimezone():%H:%M:%S} {url}", "bold"))

    def done(self, page: int, share: float) -> None:
        pass

    def found(self, page: int, findings: tuple[Finding, ...]) -> None:
        before = self.before.get(self.urls[page])
        known = Counter(map(key, before or []))
        for finding in findings:
            self.now[page].append(finding)
            if known[key(finding)] > 0:
                known[key(finding)] -= 1
                self.console.print(text.headline(finding, "as before"))
                continue
            mark = "" if before is None else "new"
            for line in text.told(finding, self.rules[finding.rule], text.WIDTH, mark):
                self.console.print(line)

    def judged(self, page: int, report: PageReport) -> None:
        url = self.urls.pop(page)
        now = Counter(map(key, self.now.pop(page)))
        if report.error:
            self.console.print(Text(f"{url} {printable(report.error)}", "red"))
            return
        for finding in self.before.get(url, []):
            now[key(finding)] -= 1
            if now[key(finding)] < 0:
                self.console.print(text.headline(finding, "gone", "green"))
        self.before[url] = list(report.findings)
        self.console.print(f"{url}: {summary(report)}", markup=False)


def key(finding: Finding) -> Key:
    return finding.rule, NUMBER.sub("#", finding.message)
