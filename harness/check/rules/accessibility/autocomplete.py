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
from collections.abc import Iterator

from ...fields import FIELDS, purpose_of
from ...finding import Breach, Quote
from ...recording import Visit

SEVERITY = "warning"
SCENES = ("first_load",)


def judge(visit: Visit) -> Iterator[Breach]:
    for field in map(json.loads, visit["first_load"].elements["fields"]):
        purpose = purpose_of(field)
        if purpose and not FIELDS[purpose][1] & set(field["tokens"]):
            said = " ".join(field["tokens"])
            tokens = " or ".join(sorted(FIELDS[purpose][1]))
            yield Breach(
                f"The field for {purpose} has "
                f"{f'autocomplete “{said}”' if said else 'no autocomplete'}; it is {tokens}.",
                (Quote(field["html"]),),
            )
