"""The same payment is opened as another one.

## What it does
Opens a payment of the shop twice, and asks for it by its ID. It is reported if the IDs differ, or
the payment is not found.

## Why it matters
A buyer who reloads begins anew, beside what is already under way: two tabs pay twice.

## Example
```python
id = uuid4().hex  # for each request
```

## Use instead
Keep one payment for the shop's PAYMENT_ID and PAYSYSTEM_ID.

```python
payment = ledger.find(payment_id, paysystem_id) or ledger.add(payment_id, paysystem_id)
```

## Fact
docs/gateway.md#the-api
"""

from collections.abc import Iterator

from ...finding import Breach
from ...gateway.visit import GatewayVisit

SEVERITY = "error"
SCENES = ("opened",)


def judge(visit: GatewayVisit) -> Iterator[Breach]:
    calls = visit["opened"].calls
    first, again, look = calls["open"], calls["open again"], calls["look"]
    if again.answer.get("id") != first.answer.get("id"):
        yield Breach(
            f"The payment {first.answer.get('id')} is opened again as {again.answer.get('id')}.",
            (first.evidence, again.evidence),
        )
    elif look.answer.get("id") != first.answer.get("id"):
        yield Breach(f"A payment that was opened is {look.said}.", (first.evidence, look.evidence))
