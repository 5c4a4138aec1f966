"""The server or its page is reached without https.

## What it does
Looks at ACTION_URI and at PAYMENT_URL. It is reported where one begins with http:// and is not of
this machine.

## Why it matters
Whoever is between the two can read the buyer's order, and write another page.

## Example
```python
"PAYMENT_URL": f"http://pay.example.com/{page.id}"
```

## Use instead
Use https for both.

```python
"PAYMENT_URL": f"https://pay.example.com/{page.id}"
```

## Fact
docs/checkout.md#https
"""

from collections.abc import Iterator

from ...checkout.visit import CheckoutVisit
from ...finding import Breach
from ...hosts import insecure

SEVERITY = "error"
SCENES = ("first_call",)


def judge(visit: CheckoutVisit) -> Iterator[Breach]:
    call = visit["first_call"].calls["first"]
    for name, url in (("ACTION_URI", visit.url), ("PAYMENT_URL", call.answer.payment_url)):
        if insecure(url):
            yield Breach(f"{name} is reached without https: {url}", (call.evidence,))
