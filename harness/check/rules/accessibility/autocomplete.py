"""A payment field does not say what it is for.

## What it does
Knows the fields for a card's number, expiry date, security code and holder, for mail and telephone,
by their labels and names. It is reported if such a field has no `autocomplete`, one without its
token, or `autocomplete="off"`.

## Why it matters
The browser fills in a saved card, the phone's camera reads it, and software for people who cannot
read or type well shows what is meant, only where the field says so. Everybody else types 16 digits.
WCAG 2.2 asks for it (1.3.5).

## Example
```html
<label>Card number <input name="number" autocomplete="off"></label>
```

## Use instead
Give each field its token.

```html
<label>Card number <input name="number" inputmode="numeric" autocomplete="cc-number"></label>
```

## Fact
docs/page.md#fields
"""

import json
import re
from collections.abc import Iterator
from typing import Any

from ...finding import Breach, Quote
from ...recording import Visit

SEVERITY = "warning"
SCENES = ("first_load",)
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
NOT_WRITTEN = {"checkbox", "radio", "button", "submit", "reset", "image", "hidden", "file"}


def judge(visit: Visit) -> Iterator[Breach]:
    for field in map(json.loads, visit["first_load"].elements["fields"]):
        purpose = _purpose(field)
        if purpose and not FIELDS[purpose][1] & set(field["tokens"]):
            said = " ".join(field["tokens"])
            tokens = " or ".join(sorted(FIELDS[purpose][1]))
            yield Breach(
                f"The field for {purpose} has "
                f"{f'autocomplete “{said}”' if said else 'no autocomplete'}; it is {tokens}.",
                (Quote(field["html"]),),
            )


def _purpose(field: dict[str, Any]) -> str | None:
    if field["type"] in NOT_WRITTEN:
        return None
    # numberOfCard, number_of_card and number-of-card are words.
    words = re.sub(r"(?<=[a-z])(?=[A-Z])|[_-]", " ", field["words"]).lower()
    return next((name for name, (sign, _) in FIELDS.items() if re.search(sign, words)), None)
