"""PAYMENT_URL does not open.

## What it does
Opens PAYMENT_URL in a browser. It is reported if there is no page, or one with an error.

## Why it matters
The buyer is sent to a page that is not there, with the order registered.

## Example
```python
"PAYMENT_URL": f"https://pay.internal/{page.id}"
```

## Use instead
Answer with an address that a buyer's browser can open from anywhere.

```python
"PAYMENT_URL": f"https://pay.example.com/{page.id}"
```

## Fact
docs/checkout.md#the-page
"""

from collections.abc import Iterator

from ...checkout.visit import CheckoutVisit
from ...finding import Breach, seen
from ...hosts import insecure
from ...landing import why_not_opened

SEVERITY = "error"
SCENES = ("first_call", "page")


def judge(visit: CheckoutVisit) -> Iterator[Breach]:
    window = visit["page"].windows["desktop"]
    url = visit["first_call"].calls["first"].answer.payment_url
    if not window.opened and not insecure(url):
        reason = why_not_opened(window)
        yield Breach(f"{url} does not open: {reason}.", (seen(window, "PAYMENT_URL"),))
