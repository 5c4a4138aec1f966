"""A server that is visited: the scenes that rules need are played with it, and judged.

The rooms checkout, form and gateway say which scenes there are and what is recorded of each.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Generic, TypeVar

from .finding import Evidence, Exchange, Finding, Quote
from .judging import PageReport, findings_or_crash
from .rule import Part, Rule
from .secret import hidden

Played = TypeVar("Played")
Stage = TypeVar("Stage")


@dataclass
class ServerVisit(Generic[Played]):
    """What was recorded of a server, by the name of the scene.

    `secrets` are the values of parameters that are named as secrets are; `not_tried` are sentences.
    """

    url: str
    part: Part
    secrets: list[str]
    scenes: dict[str, Played] = field(default_factory=dict, kw_only=True)
    not_tried: list[str] = field(default_factory=list, kw_only=True)

    def __getitem__(self, scene: str) -> Played:
        """What was played in a scene, which a rule has named among its SCENES."""
        return self.scenes[scene]

    def shown(self, scenes: Iterable[str]) -> bool:
        """Whether these scenes were played; rules have nothing to judge where one was not."""
        return all(scene in self.scenes for scene in scenes)

    def leave_out(self, why: str) -> None:
        """Say once why something was not tried."""
        if why not in self.not_tried:
            self.not_tried.append(why)


def play(
    visit: ServerVisit[Played],
    scenes: Mapping[str, Callable[[Stage], Played]],
    stage: Stage,
    rules: Iterable[Rule],
    why_not: Callable[[str], str | None],
) -> None:
    """Play the scenes that rules look at, in the order of `scenes`.

    `why_not` is asked before each, by its name, for why it cannot be played.
    """
    wanted = {scene for rule in rules for scene in rule.scenes}
    for name, scene in scenes.items():
        if name not in wanted or name in visit.scenes:
            continue
        if why := why_not(name):
            visit.leave_out(why)
        else:
            visit.scenes[name] = scene(stage)


def report_on_server(rules: tuple[Rule, ...], visit: ServerVisit[Any]) -> PageReport:
    """The verdict on a visit. No secret of a request or an answer is in it."""
    found, error = findings_or_crash(rules, visit)
    return PageReport(
        visit.url,
        tuple(_without_secrets(finding, visit.secrets) for finding in found),
        None,
        error,
        part=visit.part,
        not_tried=tuple(visit.not_tried),
    )


def not_run(visit: ServerVisit[Any], why: str) -> PageReport:
    """The report on a server that cannot be judged; `why` goes on from its URL."""
    return PageReport(visit.url, (), None, hidden(why, visit.secrets), part=visit.part)


def _without_secrets(finding: Finding, secrets: list[str]) -> Finding:
    return replace(
        finding,
        message=hidden(finding.message, secrets),
        evidence=tuple(_hide(item, secrets) for item in finding.evidence),
    )


def _hide(item: Evidence, secrets: list[str]) -> Evidence:
    match item:
        case Exchange(request):
            shown = replace(
                request,
                url=hidden(request.url, secrets),
                sent=hidden(request.sent, secrets),
                received=hidden(request.received, secrets),
                headers={name: hidden(text, secrets) for name, text in request.headers.items()},
            )
            return replace(item, request=shown)
        case Quote(html):
            return Quote(hidden(html, secrets))
    return item
