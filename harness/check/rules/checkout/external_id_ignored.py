"""EXTERNAL_PAYMENT_ID is not looked at.

## What it does
Calls again for a payment that is registered, with the EXTERNAL_PAYMENT_ID that the first answer
gave. It is reported if another PAYMENT_ID comes back.

## Why it matters
Each visit of the buyer makes a payment more, and the shop only keeps the last ID: a payment made
through the page before it is never found.

## Example
```python
page = service.create(amount, currency)
```

## Use instead
Where EXTERNAL_PAYMENT_ID comes, look that payment up, and answer with it as long as it can be paid.

```python
page = service.find(external_id) if external_id else service.create(amount, currency)
```

## Fact
docs/checkout.md#the-same-payment
"""

from collections.abc import Iterator

from ...checkout.visit import CheckoutVisit
from ...finding import Breach

SEVERITY = "warning"
SCENES = ("repeated", "known")


def judge(visit: CheckoutVisit) -> Iterator[Breach]:
    calls = visit["known"].calls
    first, own = calls["first"], calls["own"]
    again = visit["repeated"].calls["again"]
    if again.answer.payment_id != first.answer.payment_id:
        return  # checkout/second-payment reports it
    if own.registered and own.answer.payment_id != first.answer.payment_id:
        yield Breach(
            f"With EXTERNAL_PAYMENT_ID {first.answer.payment_id} the answer is the payment "
            f"{own.answer.payment_id}.",
            (first.evidence, own.evidence),
        )
