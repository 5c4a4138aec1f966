"""One HTML file that needs nothing else: for people, also those who have not run the check."""

import base64
from collections import Counter
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markdown_it import MarkdownIt

from .. import film
from ..checking import Verdict
from ..finding import SEVERITIES, Element, Evidence, Exchange, MessageLog, Picture
from ..rule import Rule
from .report import Report, own_version, summary
from .sequence import of_messages, rows

FOLDER = Path(__file__).parent / "templates"
MARKDOWN = MarkdownIt("commonmark", {"html": False})
CLASSES = {Picture: "picture", MessageLog: "messages", Exchange: "request", Element: "element"}


def report(run: Report) -> str:
    found = {each.rule for page in run.pages for each in page.findings}
    verdicts = Counter(page.verdict for page in run.pages)
    return TEMPLATES.get_template("report.html").render(
        run=run,
        headline=headline(verdicts),
        verdict=next((each for each in ("not run", "findings") if verdicts[each]), "clean"),
        found=[rule for rule in run.rules if rule.id in found],
        rules={rule.id: rule for rule in run.rules},
        severities=SEVERITIES,
        version=own_version(),
    )


ALONE: dict[Verdict, str] = {
    "clean": "This page works as a payment frame.",
    "findings": "This page does not work well as a payment frame yet.",
    "not run": "This page could not be checked.",
}
AMONG: dict[Verdict, str] = {
    "clean": "without findings",
    "findings": "with findings",
    "not run": "not checked",
}


def headline(verdicts: Counter[Verdict]) -> str:
    """The verdict on all pages in one sentence."""
    if verdicts.total() == 1:
        return ALONE[next(iter(verdicts))]
    parts = [f"{verdicts[each]} {text}" for each, text in AMONG.items() if verdicts[each]]
    return f"{verdicts.total()} pages: {', '.join(parts)}."


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
    rows=rows,
    strip=film.strip,
    summary=summary,
)
