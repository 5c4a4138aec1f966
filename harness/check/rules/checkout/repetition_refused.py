"""A call that comes again is refused.

## What it does
Sends the call of a payment a second time, twice at the same moment, and with the
EXTERNAL_PAYMENT_ID that the first answer gave. It is reported if one of them is not answered with a
page to pay on.

## Why it matters
A buyer who reloads the shop's page, or comes back the next day, cannot pay any more.

## Example
```python
if pages.find(payment_id):
    return JSONResponse({"PAYMENT_ERRORS": ["This payment exists already."]})
```

## Use instead
Answer with the payment that there is, as long as it can be paid, and with a new one after that.

```python
page = pages.find(payment_id) or pages.create(payment_id, amount, currency)
```

## Fact
docs/checkout.md#the-same-payment
"""

from collections.abc import Iterator

from ...checkout.visit import CheckoutVisit
from ...finding import Breach

SEVERITY = "error"
SCENES = ("repeated", "known")
REPETITIONS = (("repeated", "again"), ("repeated", "one"), ("repeated", "other"), ("known", "own"))


def judge(visit: CheckoutVisit) -> Iterator[Breach]:
    for scene, name in REPETITIONS:
        call = visit[scene].calls[name]
        if not call.registered:
            yield Breach(
                f"A call for a payment that was registered before is not answered with a page to "
                f"pay on: {call.answer.cause}.",
                (call.evidence,),
            )
            return
