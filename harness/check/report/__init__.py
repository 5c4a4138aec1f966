"""How a check is reported. A reporter is a function from the reports of all pages to text.

Another one is a module with such a function and a line in REPORTERS.
"""

from collections.abc import Callable

from ..checking import PageReport
from . import json, text

REPORTERS: dict[str, Callable[[list[PageReport]], str]] = {
    "text": text.report,
    "json": json.report,
}
