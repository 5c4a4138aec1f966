"""Sentences, for a terminal or a log."""

import textwrap
from collections.abc import Iterator

from ..checking import PageReport
from ..finding import SEVERITIES, Element, Evidence, Exchange, Finding, MessageLog, Picture

WIDTH = 100


def report(pages: list[PageReport]) -> str:
    return "\n\n".join("\n".join(_page(each)) for each in pages)


def _page(page: PageReport) -> Iterator[str]:
    yield f"{page.url} {page.error}" if page.error else f"{page.url}: {summary(page)}"
    for finding in page.findings:
        yield ""
        yield from _finding(finding)


def summary(page: PageReport) -> str:
    """How much was found, in a few words."""
    counted = [
        f"{count} {name}{'s' if count > 1 and name != 'info' else ''}"
        for name in SEVERITIES
        if (count := sum(each.severity == name for each in page.findings))
    ]
    return ", ".join(counted) or "no findings"


def _finding(finding: Finding) -> Iterator[str]:
    yield f"  {finding.severity}: {finding.rule}"
    yield _wrapped(finding.message)
    yield _wrapped(f"To fix it: {finding.fix}")
    for each in finding.evidence:
        if line := _evidence(each):
            yield f"    {line}"


def _wrapped(text: str) -> str:
    return textwrap.fill(
        text,
        WIDTH,
        initial_indent="    ",
        subsequent_indent="    ",
        break_long_words=False,
        break_on_hyphens=False,
    )


def _evidence(evidence: Evidence) -> str:
    """One line; empty for what a terminal cannot show."""
    match evidence:
        case Picture():
            return ""
        case MessageLog(scene, messages):
            return f"Messages in the scene {scene}: {len(messages)}"
        case Exchange(request):
            return f"{request.method} {request.url} -> {request.status or request.failure}"
        case Element(html):
            return textwrap.shorten(html, WIDTH - 4, placeholder=" ...")
