"""The card number is typed into the page itself, although it has a payment service's fields.

## What it does
Looks for the fields of a card in the page, also in those of a way to pay that is not chosen yet,
and in the frames of other sites inside it. It is reported if there is a card number or a security
code in the page and a card's fields in such a frame.

## Why it matters
Whoever gets a script into the page reads the card. A merchant whose page never touches a card
answers the shortest questionnaire of PCI DSS, SAQ A; one field in the page itself makes it the
longest, and the payment service's fields are for nothing.

## Example
```html
<iframe src="https://fields.example/expiry"></iframe>
<input autocomplete="cc-number">
```

## Use instead
Have the whole card typed into the payment service's fields, and offer no card form beside them.

```html
<iframe src="https://fields.example/number" title="Card number"></iframe>
<iframe src="https://fields.example/expiry" title="Expiry date"></iframe>
```

## Fact
docs/page.md#a-card
"""

from collections.abc import Iterator

from ...fields import hosted_card_fields, own_card_fields, purpose_of
from ...finding import Breach, Quote
from ...hosts import host
from ...recording import Visit

SEVERITY = "warning"
SCENES = ("first_load",)
NEVER_IN_THE_PAGE = ("the card number", "the security code")


def judge(visit: Visit) -> Iterator[Breach]:
    hosted = hosted_card_fields(visit)
    typed = [field for field in own_card_fields(visit) if purpose_of(field) in NEVER_IN_THE_PAGE]
    if hosted and typed:
        what = " and ".join(dict.fromkeys(str(purpose_of(field)) for field in typed))
        hosts = ", ".join(sorted({host(field["page"]) for field in hosted}))
        yield Breach(
            f"The page itself asks for {what}, and has fields of {hosts} for a card.",
            tuple(Quote(field["html"]) for field in typed),
        )
