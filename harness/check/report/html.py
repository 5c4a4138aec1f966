"""One HTML file that needs nothing else: for people, also those who have not run the check."""

import base64
from collections import Counter
from pathlib import Path
from typing import Literal

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markdown_it import MarkdownIt

from .. import film
from ..checking import PageReport, Verdict
from ..finding import Element, Evidence, Exchange, MessageLog, Picture
from ..rule import Rule
from .report import Report, own_version, summary
from .sequence import of_messages, rows

FOLDER = Path(__file__).parent / "templates"
MARKDOWN = MarkdownIt("commonmark", {"html": False})
CLASSES = {Picture: "picture", MessageLog: "messages", Exchange: "request", Element: "element"}


def report(run: Report) -> str:
    found = {each.rule for page in run.pages for each in page.findings}
    return TEMPLATES.get_template("report.html").render(
        run=run,
        headline=headline(run.pages),
        worst=min(map(mood, run.pages), key=list(MOODS).index),
        found=[rule for rule in run.rules if rule.id in found],
        rules={rule.id: rule for rule in run.rules},
        version=own_version(),
    )


Mood = Literal["clean", "info", "warning", "error", "not-run"]
MOODS: dict[Mood, str] = {
    "not-run": "could not be checked.",
    "error": "does not work as a payment frame yet.",
    "warning": "works as a payment frame, but not well everywhere.",
    "info": "works as a payment frame; some things are worth knowing.",
    "clean": "works as a payment frame.",
}
"""How a page fares, the worst first -> what is said of it alone."""
AMONG: dict[Verdict, str] = {
    "clean": "without findings",
    "findings": "with findings",
    "not run": "not checked",
}


def mood(page: PageReport) -> Mood:
    if page.error:
        return "not-run"
    return page.findings[0].severity if page.findings else "clean"


def headline(pages: list[PageReport]) -> str:
    """The verdict on all pages in one sentence."""
    if len(pages) == 1:
        return f"This page {MOODS[mood(pages[0])]}"
    verdicts = Counter(page.verdict for page in pages)
    parts = [f"{verdicts[each]} {text}" for each, text in AMONG.items() if verdicts[each]]
    return f"{len(pages)} pages: {', '.join(parts)}."


def kind(evidence: Evidence) -> str:
    return CLASSES[type(evidence)]


def data_url(png: bytes) -> str:
    return f"data:image/png;base64,{base64.b64encode(png).decode()}"


def anchor(rule: Rule) -> str:
    return f"rule-{rule.id.replace('/', '-')}"


def inline(text: str) -> str:
    """Markdown of one paragraph as HTML; what is HTML in it is escaped."""
    return str(MARKDOWN.renderInline(text))


def markdown(text: str) -> str:
    return str(MARKDOWN.render(text))


TEMPLATES = Environment(
    loader=FileSystemLoader(FOLDER),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
TEMPLATES.filters.update(
    anchor=anchor,
    data_url=data_url,
    inline=inline,
    kind=kind,
    log=film.logged,
    markdown=markdown,
    messages=of_messages,
    mood=mood,
    rows=rows,
    strip=film.strip,
    summary=summary,
)
