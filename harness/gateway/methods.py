"""The ways to pay that the sandbox has, and what the buyer has to do for each."""

import io
from datetime import UTC, datetime
from typing import Any

import segno

from . import ledger
from .words import Language

SANDBOX_METHODS = ledger.METHOD_NAMES
HOSTED_CARD = "hosted_card"
"""A card by a token of the vault, for pages with its fields. It is offered where a page has it."""
CARDS = ("card", HOSTED_CARD)
CODE_SECONDS = 300.0
"""How long a code to scan can be paid."""
CONFIRMED_ELSEWHERE = ("qr", "transfer")
"""Methods whose buyer stays on the payment page and confirms in another place."""


def methods(language: Language) -> list[dict[str, str]]:
    return [{"type": type_, "label": language.say(name)} for type_, name in SANDBOX_METHODS.items()]


def action(attempt: ledger.Attempt, base: str, language: Language) -> dict[str, Any]:
    """What the API answers for an attempt that waits for its buyer."""
    url = f"{base}/attempts/{attempt.id}/challenge"
    match attempt.method:
        case "qr":
            return {"type": "qr", **_code(url), "expires_at": _time(attempt.expires)}
        case "transfer":
            return {"type": "transfer", "lines": _bank_details(attempt, language)}
        case method:
            # A bank's own site wants the whole window; a card's challenge stays in the frame.
            target = "frame" if method in CARDS else "top"
            asked = f"?lang={language.tag}"
            return {"type": "redirect", "url": url + asked, "target": target}


def _code(text: str) -> dict[str, Any]:
    """A QR code as lines along its dark modules, one unit wide, without the quiet zone."""
    code = segno.make(text, error="m", micro=False)
    svg = io.BytesIO()
    code.save(svg, kind="svg", border=0, xmldecl=False, svgns=False, svgclass=None, lineclass=None)
    path = svg.getvalue().decode().partition(' d="')[2].partition('"')[0]
    return {"text": text, "path": path, "size": code.symbol_size(border=0)[0]}


def _bank_details(attempt: ledger.Attempt, language: Language) -> list[dict[str, str]]:
    payment = attempt.payment
    return [
        {"label": language.say("Recipient"), "value": "Sandbox Payments Ltd"},
        {"label": "IBAN", "value": "GB33 BUKB 2020 1555 5555 55"},
        {"label": language.say("Amount"), "value": f"{attempt.value} {attempt.currency}"},
        {"label": language.say("Reference"), "value": payment.number},
    ]


def _time(seconds: float) -> str:
    """Seconds since the epoch in the form of RFC 3339."""
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds")
