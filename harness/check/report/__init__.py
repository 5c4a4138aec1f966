"""How a check is reported. A reporter is a function from a Report to text.

Another one is a module with such a function, a line in REPORTERS and one in FILES.
"""

from collections.abc import Callable

from . import html, json, junit, sarif, text
from .report import Report

REPORTERS: dict[str, Callable[[Report], str]] = {
    "text": text.report,
    "html": html.report,
    "json": json.report,
    "junit": junit.report,
    "sarif": sarif.report,
}

FILES = {
    "html": "index.html",
    "json": "report.json",
    "junit": "junit.xml",
    "sarif": "report.sarif",
}
"""What --report writes, and under which names."""

__all__ = ["FILES", "REPORTERS", "Report"]
