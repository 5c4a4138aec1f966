"""Sentences, for a terminal or a log."""

import textwrap
from collections.abc import Iterator

from rich.text import Text

from ...printable import printable
from ..finding import Evidence, Exchange, Finding, MessageLog, Picture, Quote, Severity
from ..judging import PageReport
from ..rule import Rule
from .report import Report, summary

WIDTH = 100
INDENT = "    "
COLOURS: dict[Severity, str] = {"error": "red", "warning": "yellow", "info": "blue"}
VERDICTS = {"clean": "green", "findings": "", "not run": "red"}


def report(run: Report) -> str:
    return styled(run).plain


def styled(run: Report, width: int = WIDTH) -> Text:
    """The same with colours, for lines of a width in characters."""
    rules = {rule.id: rule for rule in run.rules}
    pages = [Text("\n").join(_page(page, rules, min(width, WIDTH))) for page in run.pages]
    return Text("\n\n").join(pages)


def _page(page: PageReport, rules: dict[str, Rule], width: int) -> Iterator[Text]:
    said = f" {printable(page.error)}" if page.error else f": {summary(page)}"
    yield Text.assemble((page.url, "bold"), (said, VERDICTS[page.verdict]))
    for each in page.findings:
        yield Text()
        yield from told(each, rules[each.rule], width)
    for sentence in page.not_tried:
        yield Text()
        yield Text(
            textwrap.fill(sentence, width, initial_indent="  ", subsequent_indent="  "), "dim"
        )


def headline(finding: Finding, mark: str = "", colour: str = "") -> Text:
    """Which rule has found something; `mark` says what has become of it since the last check."""
    return Text.assemble(
        "  ",
        (f"{finding.severity}:", f"bold {colour or COLOURS[finding.severity]}"),
        " ",
        (finding.rule, "bold"),
        (f" ({mark})" if mark else "", colour),
    )


def told(finding: Finding, rule: Rule, width: int, mark: str = "") -> Iterator[Text]:
    """All lines about one finding, for lines of a width in characters."""
    yield headline(finding, mark)
    yield Text(_wrapped(finding.message, width))
    yield Text(_wrapped(f"To fix it: {finding.fix}", width))
    for evidence in finding.evidence:
        if line := _evidence(evidence, width):
            yield Text(f"{INDENT}{printable(line)}", "dim")
    yield Text(f"{INDENT}More: {rule.explain}", "dim")


def _wrapped(text: str, width: int) -> str:
    return textwrap.fill(
        printable(text),
        width,
        initial_indent=INDENT,
        subsequent_indent=INDENT,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _evidence(evidence: Evidence, width: int) -> str:
    """One line; empty for what a terminal cannot show."""
    match evidence:
        case Picture():
            return ""
        case MessageLog(scene, messages):
            return f"Messages in the scene {scene}: {len(messages)}"
        case Exchange(request, name):
            line = f"{request.method} {request.url} -> {request.status or request.failure}"
            told = f"{name}: {line} {' '.join(request.received.split())}" if name else line
            return textwrap.shorten(told, 2 * width, placeholder=" ...")
        case Quote(html):
            return textwrap.shorten(html, width - len(INDENT), placeholder=" ...")
