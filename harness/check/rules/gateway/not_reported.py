"""The portal is not told of a payment.

## What it does
Pays, and looks whether the portal was told with `sale.paysystem.pay.payment`; then pays while the
portal fails, and waits for up to a minute after it is back. It is reported if nothing was told, or
it was told of a payment as paid before the portal knew.

## Why it matters
The buyer has paid, and the shop does not know: nothing is sent.

## Example
```python
try:
    portal.call("sale.paysystem.pay.payment", PAYMENT_ID=payment_id, PAY_SYSTEM_ID=system_id)
except PortalError:
    log.exception("the portal is down")
```

## Use instead
Keep what has to be told in your database, and try again until the portal has taken it. Answer
`processing` until then.

```python
ledger.mark(attempt, "charged")  # a worker reports what is charged, with growing pauses
```

## Fact
docs/gateway.md#telling-the-portal
"""

from collections.abc import Iterator

from ...finding import Breach
from ...gateway.visit import GatewayVisit

SEVERITY = "error"
SCENES = ("paid", "portal_down")


def judge(visit: GatewayVisit) -> Iterator[Breach]:
    paid = visit["paid"]
    if paid.calls["outcome"].payment_status == "paid" and not paid.reports["paid"]:
        yield Breach("A payment is paid, and the portal was told nothing.", paid.evidence("pay"))
        return
    down = visit["portal_down"]
    if down.calls["meanwhile"].payment_status == "paid":
        yield Breach(
            "While the portal cannot be told the payment is paid already.",
            down.evidence("pay", "meanwhile"),
        )
    elif not down.reports["outcome"]:
        yield Breach(
            "The portal was down while it should be told of a payment, and is told nothing for a "
            "minute after it is back.",
            down.evidence("pay", "meanwhile", "outcome"),
        )
