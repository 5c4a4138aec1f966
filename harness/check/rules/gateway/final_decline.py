"""After a decline the payment cannot be paid.

## What it does
Pays with data that are declined, and then with others. It is reported if the decline says no
reason, or the second attempt does not pay the payment.

## Why it matters
A buyer whose card is declined takes another one, or leaves.

## Example
```python
if payment.status == "failed":
    raise Problem(409, "failed")
```

## Use instead
Answer `failed` with a reason, and take the next attempt.

```python
attempt.status, attempt.error = "failed", "Your bank declined this card."
```

## Fact
docs/gateway.md#declines
"""

from collections.abc import Iterator

from ...finding import Breach
from ...gateway.visit import GatewayVisit

SEVERITY = "error"
SCENES = ("declined",)


def judge(visit: GatewayVisit) -> Iterator[Breach]:
    played = visit["declined"]
    decline, outcome = played.calls["outcome of the decline"], played.calls["outcome"]
    if decline.payment_status != "failed":
        yield Breach(
            f"With data that should be declined the payment is {decline.said}.",
            played.evidence("decline", "outcome of the decline"),
        )
    elif not (decline.answer.get("error") or {}).get("message"):
        yield Breach("A decline says no reason.", played.evidence("outcome of the decline"))
    elif outcome.payment_status != "paid":
        yield Breach(
            f"After a decline another attempt is {outcome.said}.", played.evidence("pay", "outcome")
        )
