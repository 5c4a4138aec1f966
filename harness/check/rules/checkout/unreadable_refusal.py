"""A refusal does not reach the buyer.

## What it does
Calls with a sum of 0, a sum below 0, a currency that does not exist, and for a payment and a shop
that do not exist. It is reported if a refusal has another status than 200, or no list
PAYMENT_ERRORS with texts.

## Why it matters
With any other status the platform does not read the answer: the buyer gets a general sentence in
place of yours, does not know what to do, and leaves.

## Example
```python
return JSONResponse({"PAYMENT_ERRORS": ["Unknown currency"]}, status_code=400)
```

## Use instead
Refuse with status 200 and a list PAYMENT_ERRORS of sentences that a buyer understands.

```python
return JSONResponse({"PAYMENT_ERRORS": ["This shop does not take this currency."]})
```

## Fact
docs/checkout.md#refusing
"""

from collections.abc import Iterator

from ...checkout.visit import CheckoutVisit
from ...finding import Breach

SEVERITY = "error"
SCENES = ("first_call", "refusals", "unknown_payment")


def judge(visit: CheckoutVisit) -> Iterator[Breach]:
    first = visit["first_call"].calls["first"]
    for scene in ("refusals", "unknown_payment"):
        for name, call in visit[scene].calls.items():
            if call.answer.cause == first.answer.cause:
                continue  # it is no refusal: checkout/no-payment-url reports it
            if not call.registered and not call.refused:
                yield Breach(
                    f"To {name} the buyer reads nothing of the answer: {call.answer.cause}.",
                    (call.evidence,),
                )
