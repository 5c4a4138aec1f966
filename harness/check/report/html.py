"""One HTML file that needs nothing else: for people, also those who have not run the check."""

import base64
from collections import Counter
from pathlib import Path
from typing import Literal

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markdown_it import MarkdownIt

from ...printable import breakable
from .. import excerpt
from ..finding import Evidence, Exchange, Finding, MessageLog, Picture, Quote
from ..judging import PageReport, Verdict
from ..rule import PARTS, Part, Rule
from .report import Report, own_version, summary
from .sequence import of_messages, rows

FOLDER = Path(__file__).parent / "templates"
MARKDOWN = MarkdownIt("commonmark", {"html": False})
CLASSES = {Picture: "picture", MessageLog: "messages", Exchange: "request", Quote: "element"}


def report(run: Report) -> str:
    found = {finding.rule for page in run.pages for finding in page.findings}
    rules = {rule.id: rule for rule in run.rules}

    def by_rule(page: PageReport) -> list[tuple[Rule, list[Finding]]]:
        """The findings of a page, those of one rule together, the worst first."""
        names = dict.fromkeys(finding.rule for finding in page.findings)
        return [
            (rules[name], [finding for finding in page.findings if finding.rule == name])
            for name in names
        ]

    return TEMPLATES.get_template("report.html").render(
        run=run,
        by_rule=by_rule,
        headline=headline(run.pages),
        worst=min(map(grade, run.pages), key=list(GRADES).index),
        found=[rule for rule in run.rules if rule.id in found],
        version=own_version(),
    )


ABOUT: dict[Part, str] = {
    "iframe": "A Bitrix24 shop shows the payment page of a payment service in a frame of its own "
    "page. It was opened in such a frame, in a real browser, as buyers meet it: on a phone, in a "
    "dark shop, loaded twice.",
    "checkout": "In checkout mode the shop's server asks the payment service for a page to pay on. "
    "It was called as the shop does, for orders of all kinds, and its page opened in a real "
    "browser.",
    "form": "In form mode the buyer sends the shop's form to the payment service. It was sent from "
    "a shop's page in a real browser, and what came was looked at as buyers meet it.",
    "gateway": "The gateway is the server behind the payment page. It was used as the page does, "
    "also many times at once, with a portal that sees what it is told.",
}
"""What is hosted, and how it was checked."""
CALLED: dict[Part, str] = {
    "iframe": "page",
    "checkout": "checkout server",
    "form": "receiver of the form",
    "gateway": "gateway",
}
Grade = Literal["clean", "info", "warning", "error", "not-run"]
GRADES: dict[Grade, str] = {
    "not-run": "could not be checked.",
    "error": "does not work{} yet.",
    "warning": "works{}, but not well everywhere.",
    "info": "works{}; some things are worth knowing.",
    "clean": "works{}.",
}
"""How a page fares, the worst first -> what is said of it alone."""
AMONG: dict[Verdict, str] = {
    "clean": "without findings",
    "findings": "with findings",
    "not run": "not checked",
}


def grade(page: PageReport) -> Grade:
    if page.error:
        return "not-run"
    return page.findings[0].severity if page.findings else "clean"


def headline(pages: list[PageReport]) -> str:
    """The verdict on all pages in one sentence."""
    if len(pages) == 1:
        as_what = " as a payment frame" if pages[0].part == "iframe" else ""
        return f"This {called(pages[0])} {GRADES[grade(pages[0])].format(as_what)}"
    what = "pages" if all(page.part == "iframe" for page in pages) else "parts"
    verdicts = Counter(page.verdict for page in pages)
    parts = [f"{verdicts[verdict]} {text}" for verdict, text in AMONG.items() if verdicts[verdict]]
    return f"{len(pages)} {what}: {', '.join(parts)}."


def about(pages: list[PageReport]) -> str:
    """What was checked, and how."""
    return " ".join(ABOUT[part] for part in PARTS if any(page.part == part for page in pages))


def called(page: PageReport) -> str:
    return CALLED[page.part]


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
    about=about,
    called=called,
    anchor=anchor,
    breakable=breakable,
    data_url=data_url,
    inline=inline,
    kind=kind,
    log=excerpt.logged,
    markdown=markdown,
    messages=of_messages,
    grade=grade,
    rows=rows,
    pictures=excerpt.pictures,
    summary=summary,
)
