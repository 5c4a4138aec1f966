"""A payment that is not this payment system's is opened.

## What it does
Opens a payment that the portal does not have, one of another payment system, one through a payment
system that does not exist, and one whose ID is a text. It is reported if one of them is opened, or
the server fails on it.

## Why it matters
What is opened can be paid: for nothing, or into another's account.

## Example
```python
payment = portal.call("sale.payment.get", id=body["payment_id"])
```

## Use instead
Ask the portal for both: `sale.paysystem.settings.payment.get` refuses a payment of another payment
system.

```python
portal.call(
    "sale.paysystem.settings.payment.get", PAYMENT_ID=payment_id, PAY_SYSTEM_ID=paysystem_id
)
```

## Fact
docs/gateway.md#the-amount
"""

from collections.abc import Iterator

from ...finding import Breach
from ...gateway.visit import GatewayVisit

SEVERITY = "error"
SCENES = ("strangers",)


def judge(visit: GatewayVisit) -> Iterator[Breach]:
    for name, call in visit["strangers"].calls.items():
        if not 400 <= call.status < 500:
            yield Breach(f"A request for {name} is {call.said}.", (call.evidence,))
