"""A check of one page, in a process of its own: `python -m` with one JSON argument.

It prints a line of JSON for whatever is to be told, see checking.py.
"""

import base64
import json
import os
import sys
from pathlib import Path
from typing import Any

from payframe.widget.config import load

from payframe.errors import PayframeError

from ..check.checking import check, default_jobs
from ..check.finding import Finding, Picture
from ..check.judging import PageReport
from ..check.registry import all_rules, choose_rules
from ..check.target import configured

NICENESS = 10
"""The page that somebody works with comes first."""
PICTURES = 2
"""Of a finding, at most."""


class Told:
    """Prints how far the check is. See Progress."""

    def __init__(self) -> None:
        self.share = 0.0
        self.titles = {rule.id: rule.title for rule in all_rules()}

    def started(self, _page: int, _url: str, scene: str) -> None:
        _print(state="progress", share=self.share, scene=scene.replace("_", " "))

    def done(self, _page: int, share: float) -> None:
        self.share = min(1.0, self.share + share)
        _print(state="progress", share=self.share)

    def found(self, _page: int, findings: tuple[Finding, ...]) -> None:
        for finding in findings:
            pictures = [each for each in finding.evidence if isinstance(each, Picture)]
            _print(
                state="finding",
                finding={
                    "title": self.titles[finding.rule],
                    **{name: getattr(finding, name) for name in ("rule", "severity", "message")},
                    "fix": finding.fix,
                    "pictures": [
                        {
                            "caption": f"{each.scene.replace('_', ' ')}: {each.moment}",
                            "png": base64.b64encode(each.png).decode(),
                        }
                        for each in pictures[:PICTURES]
                    ],
                },
            )

    def judged(self, _page: int, report: PageReport) -> None:
        if report.error:
            _print(state="failed", error=f"The page {report.error}")
        else:
            _print(state="done")


def _print(**told: Any) -> None:
    print(json.dumps(told, ensure_ascii=False), flush=True)


def main() -> None:
    asked = json.loads(sys.argv[1])
    os.nice(NICENESS)
    config = load(Path(asked["config"]))
    target = configured(config, asked["url"], asked["amount"], asked["currency"])
    rules = choose_rules([], {target.part})
    try:
        reports = check(
            [target],
            rules,
            config,
            Path(asked["dist"]),
            timeout=asked["timeout"],
            jobs=default_jobs(),
            progress=Told(),
        )
        for _ in reports:
            pass
    except PayframeError as error:
        _print(state="failed", error=str(error))
    except KeyboardInterrupt:
        pass  # another check takes its place, or the studio ends


if __name__ == "__main__":
    main()
