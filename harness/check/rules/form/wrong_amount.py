"""The page does not show the order's amount.

## What it does
Sends the forms of orders of several amounts, and looks for the amount among the numbers that the
page shows, however they are written. It is reported where it is not there.

## Why it matters
A buyer pays what they read. Where it is not the order's amount they leave, or pay too little.

## Example
```python
amount = int(float(form["sum"]))
```

## Use instead
Show the amount of the order, with all of its decimals.

```python
amount = Decimal(order["sum"])
```

## Fact
docs/form.md#the-page
"""

from collections.abc import Iterator

from ...finding import Breach
from ...form.visit import FormVisit
from ...landing import amounts_not_shown

SEVERITY = "error"
SCENES = ("sent", "amounts")


def judge(visit: FormVisit) -> Iterator[Breach]:
    first = {visit.amount: visit["sent"].windows["desktop"]}
    yield from amounts_not_shown({**first, **visit["amounts"].windows})
