"""The call is not answered with a page to pay on.

## What it does
Calls ACTION_URI for an ordinary order, as the platform does. It is reported if the answer is not
status 200 with JSON in which PAYMENT_URL and PAYMENT_ID both have a value.

## Why it matters
The buyer reads that the order could not be registered, and cannot pay.

## Example
```python
return JSONResponse({"url": page.url}, status_code=201)
```

## Use instead
Answer with status 200, JSON, PAYMENT_URL and PAYMENT_ID. No redirect is followed, and nothing else
is read.

```python
return JSONResponse({"PAYMENT_URL": page.url, "PAYMENT_ID": page.id})
```

## Fact
docs/checkout.md#the-answer
"""

from collections.abc import Iterator

from ...checkout.visit import CheckoutVisit
from ...finding import Breach

SEVERITY = "error"
SCENES = ("first_call",)


def judge(visit: CheckoutVisit) -> Iterator[Breach]:
    call = visit["first_call"].calls["first"]
    if not call.registered:
        yield Breach(f"There is no page to pay on: {call.answer.cause}.", (call.evidence,))
