"""The page's Content-Security-Policy."""

import base64
import hashlib
import re
from urllib.parse import urlsplit

from .config import Widget


def page_policy(page: str, widget: Widget) -> str:
    """The page's own policy: its own script and style by hash, its gateway, no more.

    frame-ancestors cannot stand in a page; the server sends it.
    """
    gateway = urlsplit(widget.gateway_url)
    connect = f"{gateway.scheme}://{gateway.netloc}" if gateway.scheme else "'self'"
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src {_hashes(page, 'script')}",
            f"style-src {_hashes(page, 'style')}",
            "img-src data:",
            f"connect-src {connect}",
            "base-uri 'none'",
            "form-action 'none'",
            "require-trusted-types-for 'script'",
            "trusted-types 'none'",
        )
    )


def _hashes(page: str, element: str) -> str:
    """The sources of the page's inline elements, for its policy. Data blocks never run."""
    page = page.partition("</title>")[2]  # what stands in a title is text, tags too
    return " ".join(
        f"'sha256-{base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()}'"
        for attributes, code in re.findall(rf"<{element}([^>]*)>(.*?)</{element}>", page, re.DOTALL)
        if "application/json" not in attributes
    )
