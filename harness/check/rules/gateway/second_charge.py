"""A payment is charged more than once.

## What it does
Pays a paid payment again, sends one attempt 32 times at the same moment, sends attempts with keys
of their own at once as from several tabs, and repeats one whose connection was cut. It is reported
if the portal is told more than once that the payment is paid. A gateway that charges twice and
reports once is not found out: that shows in your payment service's list of charges.

## Why it matters
The buyer has paid twice, and calls the shop.

## Example
```python
if not ledger.find(key):
    charge(amount)
    ledger.add(key)
```

## Use instead
Write the attempt down before the charge, in a transaction that locks the payment; a unique key lets
one of two win.

```python
with ledger.lock(payment):
    if payment.paid or payment.attempt_under_way:
        return
    ledger.add(key)  # unique
charge(amount)
```

## Fact
docs/gateway.md#one-charge
"""

from collections.abc import Iterator

from ...finding import Breach
from ...gateway.visit import GatewayVisit

SEVERITY = "error"
SCENES = ("paid", "one_key", "two_keys", "cut_off")
MOMENTS = {
    "paid": ("paid again", "A paid payment is paid again"),
    "one_key": ("outcome", "One attempt sent many times at once"),
    "two_keys": ("outcome", "Attempts from several tabs at once"),
    "cut_off": ("outcome", "An attempt repeated after its connection was cut"),
}


def judge(visit: GatewayVisit) -> Iterator[Breach]:
    for scene, (moment, what) in MOMENTS.items():
        count = visit[scene].reports.get(moment, 0)
        if count > 1:
            yield Breach(
                f"{what}: the portal was told {count} times that it is paid.",
                visit[scene].evidence()[:4],
            )
