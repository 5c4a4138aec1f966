"""The verdict on one page: what the rules find in the recordings of a visit."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

from .finding import SEVERITIES, Finding, Severity
from .recording import Visit
from .rule import Part, Rule

Verdict = Literal["clean", "findings", "not run"]


@dataclass(frozen=True)
class PageReport:
    """What was found on one page, or on the server of a part. `error` says why it could not be
    checked, in words that go on from its URL; `visit` is None where it could not be reached, and
    for a server. `not_tried` are sentences on what could not be tried, and why.

    Findings are sorted, the worst first.
    """

    url: str
    findings: tuple[Finding, ...]
    visit: Visit | None
    error: str | None = None
    part: Part = "iframe"
    not_tried: tuple[str, ...] = ()

    @property
    def verdict(self) -> Verdict:
        if self.error is not None:
            return "not run"
        return "findings" if self.findings else "clean"

    def as_json(self) -> dict[str, Any]:
        report: dict[str, Any] = {
            "url": self.url,
            "part": self.part,
            "verdict": self.verdict,
            "findings": [finding.as_json() for finding in self.findings],
        }
        if self.not_tried:
            report["not_tried"] = list(self.not_tried)
        return report if self.error is None else {**report, "error": self.error}


def report_on(rules: tuple[Rule, ...], visit: Visit) -> PageReport:
    """The verdict on a visit. Where a rule crashes, the page counts as not checked."""
    return reported(visit, *findings_or_crash(rules, visit))


def reported(visit: Visit, found: Iterable[Finding], crash: str | None) -> PageReport:
    """The same, of what rules have found already. `crash` says how one of them has crashed."""
    if crash:
        return PageReport(visit.url, (), visit, crash)
    findings = worst_first(found)
    return PageReport(visit.url, findings, visit, None if findings else unplayed(visit))


def findings_or_crash(
    rules: tuple[Rule, ...], visit: Any
) -> tuple[tuple[Finding, ...], str | None]:
    """What rules find in a visit, or none and how one of them has crashed."""
    try:
        found = [finding for rule in rules for finding in rule.findings(visit)]
    except Exception as error:
        return (), f"could not be judged: {type(error).__name__}: {error}"
    return worst_first(found), None


def worst_first(found: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(
        sorted(found, key=lambda finding: (SEVERITIES.index(finding.severity), finding.rule))
    )


def unplayed(visit: Visit) -> str | None:
    """Why a visit without findings does not make a page clean: a scene did not come to its end."""
    for scene, recording in visit.recordings.items():
        if not recording.shown:
            trouble = recording.trouble or "the browser did not show the page in the frame"
            return f"could not be tried in the scene {scene}: {trouble}"
    return None


def at_least(severity: Severity, findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Those of a severity or a worse one."""
    counted = SEVERITIES[: SEVERITIES.index(severity) + 1]
    return tuple(finding for finding in findings if finding.severity in counted)
