"""What the buyer has to do, as the ledger keeps it and as the API answers it."""

import io
from datetime import UTC, datetime
from typing import Any

import segno

from .ledger import LedgerAttempt
from .provider import Action, Code, Redirect, Transfer
from .words import Language


def as_json(action: Action) -> dict[str, Any]:
    match action:
        case Redirect(url, in_frame):
            return {"type": "redirect", "url": url, "target": "frame" if in_frame else "top"}
        case Code(text):
            return {"type": "qr", "text": text}
        case Transfer(lines):
            return {
                "type": "transfer",
                "lines": [{"label": label, "value": value} for label, value in lines],
            }


def describe(attempt: LedgerAttempt, language: Language) -> dict[str, Any]:
    """What the API answers for an attempt that waits for its buyer."""
    action = attempt.action
    match action["type"]:
        case "qr":
            return {**action, **_drawn(action["text"]), "expires_at": _time(attempt.expires)}
        case "transfer":
            lines = [{**line, "label": language.say(line["label"])} for line in action["lines"]]
            return {**action, "lines": lines}
        case _:
            return action


def _drawn(text: str) -> dict[str, Any]:
    """A QR code as lines along its dark modules, one unit wide, without the quiet zone."""
    code = segno.make(text, error="m", micro=False)
    svg = io.BytesIO()
    code.save(svg, kind="svg", border=0, xmldecl=False, svgns=False, svgclass=None, lineclass=None)
    path = svg.getvalue().decode().partition(' d="')[2].partition('"')[0]
    return {"path": path, "size": code.symbol_size(border=0)[0]}


def _time(seconds: float) -> str:
    """Seconds since the epoch in the form of RFC 3339."""
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds")
