"""An amount that nobody can pay is registered.

## What it does
Calls with a sum of 0, a sum below 0 and a currency that does not exist. It is reported if such a
call is answered with a page to pay on.

## Why it matters
A payment of 0 marks an order as paid for nothing; one below 0 or in no currency ends in an error
after the buyer has typed their card.

## Example
```python
amount = abs(float(form["BX_SYSTEM_PARAMS[SUM]"]))
```

## Use instead
Refuse what is not above 0, and every currency that you do not take.

```python
if amount <= 0 or currency not in CURRENCIES:
    return JSONResponse({"PAYMENT_ERRORS": ["This amount cannot be paid here."]})
```

## Fact
docs/checkout.md#refusing
"""

from collections.abc import Iterator

from ...checkout.visit import CheckoutVisit
from ...finding import Breach

SEVERITY = "error"
SCENES = ("refusals",)


def judge(visit: CheckoutVisit) -> Iterator[Breach]:
    for name, call in visit["refusals"].calls.items():
        if call.registered:
            yield Breach(
                f"The call with {name} is answered with a page to pay on.", (call.evidence,)
            )
