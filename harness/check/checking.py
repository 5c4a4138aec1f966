"""From targets to verdicts: a browser, a shop in a thread, one page after the other."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from widget.config import Config

from ..browser import open_chromium
from ..running import running
from .finding import SEVERITIES, Finding
from .recording import Visit
from .rule import Rule
from .target import Target
from .visit import UnreachableError, visit

Verdict = Literal["clean", "findings", "not run"]


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


def check(
    targets: list[Target],
    rules: tuple[Rule, ...],
    config: Config,
    dist: Path,
    *,
    timeout: float,
    progress: Callable[[str, str], None] = lambda _url, _scene: None,
) -> Iterator[PageReport]:
    """Visit every target and judge it by the rules, one report a target.

    `config` and `dist` are of the widget that the shop serves beside them; `timeout` is how long
    a load may take, in seconds. `progress` is called with page and scene. Raises NoBrowserError
    and PortError.
    """
    scenes = tuple(dict.fromkeys(scene for rule in rules for scene in rule.scenes))
    with running(config, dist) as server, open_chromium() as browser:
        for target in targets:
            url, new_payment = target.payments(server)

            def tell(scene: str, url: str = url) -> None:
                progress(url, scene)

            try:
                seen = visit(
                    browser,
                    url,
                    server.addresses.seller,
                    new_payment,
                    scenes,
                    timeout=timeout,
                    progress=tell,
                )
            except UnreachableError as error:
                yield PageReport(url, (), None, str(error))
            else:
                found = judge(rules, seen)
                yield PageReport(url, found, seen, None if found else unplayed(seen))


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
