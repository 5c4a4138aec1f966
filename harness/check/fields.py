"""What the fields of a page are for, by their labels and names."""

import json
import re
from collections.abc import Iterable
from typing import Any

from .recording import Visit

FIELDS: dict[str, tuple[str, set[str]]] = {
    "the security code": (
        r"\b(cvc|cvv|cvn|csc)\d?\b|security code|card.?code",
        {"cc-csc"},
    ),
    "the card number": (
        r"card.?(number|no\b|num\b)|\bcc.?(number|num)\b|cardnumber|\bpan\b|номер карты",
        {"cc-number"},
    ),
    "the expiry date": (
        r"\bexp(iry|iration|ires|\.)?\b.*|valid (thru|until)|срок действия",
        {"cc-exp", "cc-exp-month", "cc-exp-year"},
    ),
    "the card's holder": (
        r"name on (the )?card|card.?holder|\bcc.?name\b|владел",
        {"cc-name", "cc-given-name", "cc-family-name"},
    ),
    "the mail address": (r"\be-?mail\b", {"email"}),
    "the telephone number": (r"\b(tele)?phone\b|\bmobile number\b", {"tel", "tel-national"}),
}
"""What a field is for -> how it is called, and the tokens that say so (HTML, autofill field)."""
CARD = ("the card number", "the security code", "the expiry date")
NOT_WRITTEN = {"checkbox", "radio", "button", "submit", "reset", "image", "hidden", "file"}


def purpose_of(field: dict[str, Any]) -> str | None:
    """A key of FIELDS, for a field as the scene "first_load" keeps it."""
    if field["type"] in NOT_WRITTEN:
        return None
    # numberOfCard, number_of_card and number-of-card are words.
    words = re.sub(r"(?<=[a-z])(?=[A-Z])|[_-]", " ", field["words"]).lower()
    return next((name for name, (sign, _) in FIELDS.items() if re.search(sign, words)), None)


def own_card_fields(visit: Visit) -> list[dict[str, Any]]:
    """The card's fields in the page itself, also where they are not shown yet."""
    return _of_a_card(visit["first_load"].elements.get("all fields", []))


def hosted_card_fields(visit: Visit) -> list[dict[str, Any]]:
    """The card's fields in frames of another site inside the page, such as a payment service's."""
    return _of_a_card(visit["first_load"].elements.get("hosted fields", []))


def _of_a_card(kept: Iterable[str]) -> list[dict[str, Any]]:
    return [field for field in map(json.loads, kept) if purpose_of(field) in CARD]
