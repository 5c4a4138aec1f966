"""A rule as data. One rule a module, in rules/FAMILY/NAME.py; its docstring is its page in docs/.

A rule module has

- a docstring: the title in one line, then the SECTIONS below in their order, in Markdown;
- `SEVERITY`: error where a buyer cannot pay or is at risk, warning where it works badly, info
  where only the integrator can tell;
- `SCENES`: the names of the scenes that it looks at;
- `judge(visit)`, which yields a Breach for everything it finds. It touches no browser. It is not
  asked where one of its scenes shows no page, unless the module has `EVEN_IF_NOT_SHOWN = True`.

The families checkout, form and gateway judge the server of that name, all others the page in a
frame. What a visit and a scene are is said in the room of that name.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from types import ModuleType
from typing import Any, Literal, get_args

from .finding import Breach, Finding, Severity

Part = Literal["iframe", "checkout", "form", "gateway"]
"""What an integrator hosts: the page of a mode, its server, or the server behind the widget."""
PARTS: tuple[Part, ...] = get_args(Part)
SECTIONS = ("What it does", "Why it matters", "Example", "Use instead", "Fact")


class RuleError(Exception):
    """A rule's module is not complete; the message names the module and what is missing."""


@dataclass(frozen=True)
class Rule:
    """`id` is FAMILY/NAME, in lower case with hyphens.

    `title` says what is wrong, `why` why it matters to a buyer or a merchant, `fix` what to do;
    `fact` is the path of a page in the project with the anchor of the fact behind the rule.
    `sections` holds the whole text, Markdown, by heading.
    """

    id: str
    title: str
    severity: Severity
    why: str
    fix: str
    fact: str
    sections: dict[str, str]
    scenes: tuple[str, ...]
    judge: Callable[[Any], Iterable[Breach]]
    even_if_not_shown: bool

    @property
    def family(self) -> str:
        return self.id.partition("/")[0]

    @property
    def part(self) -> Part:
        """The part that it judges: the one that its family is named after, or else the frame."""
        return next((part for part in PARTS if part == self.family), "iframe")

    @property
    def explain(self) -> str:
        """The command that prints all of its text."""
        return f"payframe explain {self.id}"

    @property
    def markdown(self) -> str:
        """All of its text, in Markdown. Its fact is a page of payframe's repository."""
        parts = [
            f"## {heading}\n\n{text if heading != 'Fact' else f'`{text}`'}"
            for heading, text in self.sections.items()
        ]
        return "\n\n".join(parts) + "\n"

    def findings(self, visit: Any) -> Iterator[Finding]:
        """What is found in the visit of a part: that of recording.py for a frame."""
        if not self.even_if_not_shown and not visit.shown(self.scenes):
            return
        for breach in self.judge(visit):
            yield Finding(self.id, self.severity, breach.message, self.fix, breach.evidence)


def read_rule(module: ModuleType) -> Rule:
    """Raises RuleError."""
    family, name = module.__name__.split(".")[-2:]
    title, sections = _read(module.__doc__ or "")
    missing = [heading for heading in SECTIONS if not sections.get(heading)]
    if missing or tuple(sections) != SECTIONS:
        raise RuleError(
            f"{module.__name__}: its docstring needs the sections {', '.join(SECTIONS)}, in this "
            f"order; it has {', '.join(sections) or 'none'}."
        )
    return Rule(
        id=f"{family}/{name.replace('_', '-')}",
        title=title,
        severity=module.SEVERITY,
        why=_first_paragraph(sections["Why it matters"]),
        fix=_first_paragraph(sections["Use instead"]),
        fact=sections["Fact"],
        sections=sections,
        scenes=module.SCENES,
        judge=module.judge,
        even_if_not_shown=getattr(module, "EVEN_IF_NOT_SHOWN", False),
    )


def _read(text: str) -> tuple[str, dict[str, str]]:
    """The title, and the text of every section."""
    title, *parts = re.split(r"^## (.+)\n", text, flags=re.MULTILINE)
    headings, bodies = parts[::2], parts[1::2]
    return title.strip(), {
        heading.strip(): body.strip() for heading, body in zip(headings, bodies, strict=True)
    }


def _first_paragraph(text: str) -> str:
    return " ".join(text.partition("\n\n")[0].split())
