"""An EXTERNAL_PAYMENT_ID of another order is taken.

## What it does
Calls for one order with the EXTERNAL_PAYMENT_ID that was answered for another one, of another
amount. It is reported if the answer is that other order's payment.

## Why it matters
Whoever knows a PAYMENT_ID can have an expensive order paid with a cheap payment.

## Example
```python
page = service.find(external_id)
```

## Use instead
Take an EXTERNAL_PAYMENT_ID only together with the order that you gave it for.

```python
page = service.find(external_id, order=payment_id) or service.create(amount, currency)
```

## Fact
docs/checkout.md#the-same-payment
"""

from collections.abc import Iterator

from ...checkout.visit import CheckoutVisit
from ...finding import Breach

SEVERITY = "error"
SCENES = ("known",)


def judge(visit: CheckoutVisit) -> Iterator[Breach]:
    calls = visit["known"].calls
    first, foreign = calls["first"].answer, calls["foreign"].answer
    if foreign.payment_id and foreign.payment_id == first.payment_id:
        yield Breach(
            f"For another order of {calls['foreign'].amount} the answer is the first order's "
            f"payment {first.payment_id}.",
            (calls["first"].evidence, calls["foreign"].evidence),
        )
