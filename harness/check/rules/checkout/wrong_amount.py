"""The page shows another amount than the order has.

## What it does
Opens PAYMENT_URL in a browser for orders of several amounts, and looks for the amount among the
numbers that the page shows, however they are written. It is reported where it is not there.

## Why it matters
A buyer pays what they read. Where it is not the order's amount they leave, or pay too little.

## Example
```python
amount = int(float(form["BX_SYSTEM_PARAMS[SUM]"]))
```

## Use instead
Show the amount of the order, with all of its decimals.

```python
amount = Decimal(order["sum"])
```

## Fact
docs/checkout.md#the-page
"""

from collections.abc import Iterator

from ...checkout.visit import CheckoutVisit
from ...finding import Breach
from ...landing import amounts_not_shown

SEVERITY = "error"
SCENES = ("first_call", "page", "live_values")


def judge(visit: CheckoutVisit) -> Iterator[Breach]:
    first = {visit["first_call"].calls["first"].amount: visit["page"].windows["desktop"]}
    yield from amounts_not_shown({**first, **visit["live_values"].windows})
