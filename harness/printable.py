"""Text from outside, made fit for a log, a terminal or a page that others may see."""

import re

from markupsafe import Markup, escape

_NAMES = "auth|auth_id|access_token|refresh_id|refresh_token|client_secret|application_token"
# `auth=...` of a query, also of one in a query, and "auth": "..." of JSON, also of one in a text.
_NAMED = re.compile(
    rf"""((?:(?<![a-z])|(?<=%5B)|(?<=%3F)|(?<=%26))(?:{_NAMES})(?:\]|%5D|\\*["'])*"""
    r"""\s*(?:=|%3D|:)\s*(?:\\*["'])?)(?!null\b|true\b|false\b)([\w.~+/-]+…?)""",
    re.I,
)
_BEARER = re.compile(r"(\bBearer\s+)([\w.~+/-]+…?)", re.I)
# The code of an incoming webhook, in the path of any portal: /rest/1/CODE/...
_WEBHOOK = re.compile(r"""(/rest/\d+/)([^\s/?#"'<>&\\]+)""")


def printable(text: str) -> str:
    """On one line, without characters that a terminal would obey."""
    return "".join(each if each.isprintable() else " " for each in text)


def printable_lines(text: str) -> str:
    """The same where lines are meant: they stay lines."""
    return "\n".join(printable(line) for line in text.split("\n"))


def mask(token: str) -> str:
    """What may be seen of a token: enough to tell it from others. What is masked stays as it is."""
    if token.endswith("…"):
        return token
    return f"{token[:4]}…" if len(token) > 8 else "…"


def mask_tokens(text: str) -> str:
    """A text in which every token and every webhook's code is masked."""
    for pattern in (_WEBHOOK, _BEARER, _NAMED):
        text = pattern.sub(lambda found: found[1] + mask(found[2]), text)
    return text


def breakable(text: str) -> Markup:
    """A name, an address or a path for a page: a line may end after its marks, not in its words."""
    escaped = re.sub(r"((?:[._/:?=,-]|&amp;)+)(?=.)", r"\1<wbr>", str(escape(text)))
    return Markup(escaped)  # noqa: S704
