"""How a check is reported. A reporter is a module with `report`, a function from Report to text.

Another one is a module with such a function, its name in FORMATS and a line in FILES.
"""

from importlib import import_module

from .report import Report

FORMATS = ("text", "html", "json", "junit", "sarif")

FILES = {
    "html": "index.html",
    "json": "report.json",
    "junit": "junit.xml",
    "sarif": "report.sarif",
}
"""What --report writes, and under which names."""


def write(format: str, run: Report) -> str:
    """A run in one of FORMATS, whose module is loaded only now."""
    text: str = import_module(f".{format}", __name__).report(run)
    return text


__all__ = ["FILES", "FORMATS", "Report", "write"]
