"""A payment is taken for another amount than the order has.

## What it does
Pays with an amount that is less than the order's, and with the old amount after the order has
changed. It is reported if the attempt is taken or the portal is told that the payment is paid.

## Why it matters
A buyer changes the request and pays 1.23 for an order of 100.00; or agrees to 100.00 and is charged
500.00.

## Example
```python
charge(body["amount"])
```

## Use instead
Read the order again right before the charge, refuse an attempt of another amount with 409 and the
code amount_changed, and charge what the portal says.

```python
if Decimal(body["amount"]["value"]) != order.amount:
    raise Problem(409, "amount_changed")
```

## Fact
docs/gateway.md#the-amount
"""

from collections.abc import Iterator

from ...finding import Breach
from ...gateway.visit import GatewayVisit

SEVERITY = "error"
SCENES = ("other_amount",)
ATTEMPTS = {
    "pay less": "An attempt with less than the order's amount",
    "pay the old amount": "An attempt with the amount before the order was changed",
}


def judge(visit: GatewayVisit) -> Iterator[Breach]:
    played = visit["other_amount"]
    for name, what in ATTEMPTS.items():
        call = played.calls[name]
        if played.reports[name]:
            yield Breach(f"{what} has paid the order.", played.evidence(name))
        elif not 400 <= call.status < 500:
            yield Breach(f"{what} is {call.said}.", played.evidence(name))
