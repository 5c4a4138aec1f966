"""The portal is told of money that is not there.

## What it does
Pays with data that are declined, and pays while the portal cannot be asked for the order. It is
reported if the portal is told that the payment is paid.

## Why it matters
The shop sends goods for which nobody has paid.

## Example
```python
portal.call("sale.paysystem.pay.payment", PAYMENT_ID=payment_id, PAY_SYSTEM_ID=system_id)
charge(amount)
```

## Use instead
Report when the money is there, and take none while the order cannot be read.

```python
if charge(amount).succeeded:
    ledger.mark(attempt, "charged")
```

## Fact
docs/gateway.md#telling-the-portal
"""

from collections.abc import Iterator

from ...finding import Breach
from ...gateway.visit import GatewayVisit

SEVERITY = "error"
SCENES = ("declined", "portal_silent")


def judge(visit: GatewayVisit) -> Iterator[Breach]:
    declined, silent = visit["declined"], visit["portal_silent"]
    if declined.reports["decline"]:
        yield Breach("A declined payment is reported as paid.", declined.evidence("decline"))
    if silent.reports["pay"]:
        yield Breach(
            "A payment is taken although the order could not be read.", silent.evidence("pay")
        )
