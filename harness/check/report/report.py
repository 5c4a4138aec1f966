"""What a reporter is given, and the words that several of them use."""

from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version

from ..finding import SEVERITIES
from ..judging import PageReport
from ..rule import Rule


@dataclass(frozen=True)
class Report:
    """A whole run: its pages in the order given, and the rules that they were judged by."""

    pages: list[PageReport]
    rules: tuple[Rule, ...]
    made: datetime

    def rules_of(self, page: PageReport) -> list[Rule]:
        """Those that a page, or the server of a part, was judged by."""
        return [rule for rule in self.rules if rule.part == page.part]


def summary(page: PageReport) -> str:
    """How much was found, in a few words."""
    counted = [
        f"{count} {name}{'s' if count > 1 and name != 'info' else ''}"
        for name in SEVERITIES
        if (count := sum(finding.severity == name for finding in page.findings))
    ]
    return ", ".join(counted) or "no findings"


def own_version() -> str:
    return version("payframe")
