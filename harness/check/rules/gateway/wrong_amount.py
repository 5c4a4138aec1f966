"""The amount that is answered is not the order's.

## What it does
Opens payments of several amounts, one of them of 13 digits. It is reported if the amount or the
currency that comes back is not that of the portal.

## Why it matters
The buyer reads and pays another amount than the shop asks for.

## Example
```python
value = f"{float(payment['sum']):.2f}"
```

## Use instead
Read the sum as a decimal, and hand it on with every digit.

```python
value = str(json.loads(body, parse_float=Decimal)["result"]["payment"]["sum"])
```

## Fact
docs/gateway.md#the-amount
"""

from collections.abc import Iterator
from decimal import Decimal

from ...finding import Breach
from ...gateway.visit import GatewayVisit

SEVERITY = "error"
SCENES = ("opened",)
AMOUNTS = ("open", "open 249.9", "open 1234567890.12")


def judge(visit: GatewayVisit) -> Iterator[Breach]:
    calls = visit["opened"].calls
    for name in AMOUNTS:
        call = calls[name]
        asked = name.removeprefix("open").strip() or visit.amount
        if call.taken and call.amount != (Decimal(asked), visit.currency):
            value, currency = call.amount
            yield Breach(
                f"An order of {asked} {visit.currency} is answered with {value} {currency}.",
                (call.evidence,),
            )
