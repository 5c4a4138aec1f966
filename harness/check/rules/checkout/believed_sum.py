"""The amount of the call is believed.

## What it does
Calls with another SUM than the order has, on a server that reads its orders from the portal of the
check. It is reported if a page to pay on comes back that shows the call's amount, or not the
order's.

## Why it matters
Whoever can send a request can pay 1.23 for an order of 100.00, and the shop is told that it is
paid.

## Example
```python
amount = Decimal(form["BX_SYSTEM_PARAMS[SUM]"])
```

## Use instead
Ask the portal for the order's amount, and charge that one.

```python
payment = call("sale.payment.get", id=payment_id)["payment"]
amount = Decimal(str(payment["sum"]))
```

## Fact
docs/checkout.md#the-amount
"""

from collections.abc import Iterator

from ...checkout.visit import OTHER_SUM, CheckoutVisit
from ...finding import Breach, seen
from ...shown_amount import shows

SEVERITY = "error"
SCENES = ("other_sum",)


def judge(visit: CheckoutVisit) -> Iterator[Breach]:
    played = visit["other_sum"]
    call = played.calls["another sum"]
    if not call.registered:
        return
    window = played.windows["page"]
    if shows(window.text, OTHER_SUM) or not shows(window.text, call.amount):
        yield Breach(
            f"A call with {OTHER_SUM} for an order of {call.amount} is answered with a page to pay "
            f"{OTHER_SUM}.",
            (call.evidence, seen(window, "the page")),
        )
