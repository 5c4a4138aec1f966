"""A call that comes again makes a second payment.

## What it does
Sends the call of a payment a second time, and the call of another payment twice at the same moment.
It is reported if the answers name different PAYMENT_IDs while the first one can still be paid.

## Why it matters
A buyer who reloads the shop's page, or has it open twice, can pay both.

## Example
```python
page = service.create(amount, currency)
return JSONResponse({"PAYMENT_URL": page.url, "PAYMENT_ID": page.id})
```

## Use instead
Look for the payment by the shop's PAYMENT_ID before you make one, and let the database refuse a
second one.

```python
page = pages.find(payment_id) or pages.create(payment_id, amount, currency)
return JSONResponse({"PAYMENT_URL": page.url, "PAYMENT_ID": page.id})
```

## Fact
docs/checkout.md#the-same-payment
"""

from collections.abc import Iterator

from ...checkout.visit import Call, CheckoutVisit
from ...finding import Breach

SEVERITY = "error"
SCENES = ("repeated",)
PAIRS = (("first", "again", "once more"), ("one", "other", "twice at the same moment"))


def judge(visit: CheckoutVisit) -> Iterator[Breach]:
    calls = visit["repeated"].calls
    for one, other, how in PAIRS:
        if differ(calls[one], calls[other]):
            yield Breach(
                f"The call sent {how} has made two payments: {calls[one].answer.payment_id} and "
                f"{calls[other].answer.payment_id}.",
                (calls[one].evidence, calls[other].evidence),
            )


def differ(one: Call, other: Call) -> bool:
    if not (one.registered and other.registered):
        return False
    return one.answer.payment_id != other.answer.payment_id
