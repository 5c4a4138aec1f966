"""An attempt that is sent again fails.

## What it does
Sends one attempt 32 times at the same moment, and repeats one whose connection was cut. It is
reported if the server fails on one of them, or the payment is not paid in the end.

## Why it matters
A page on a bad network sends again; the buyer reads that it did not work, has paid, and pays again
in another way.

## Example
```python
db.execute("insert into attempts (key) values (?)", key)  # raises for the second one
```

## Use instead
Answer a key that was used before with the payment's present state.

```python
if ledger.find(key):
    return describe(payment)
```

## Fact
docs/gateway.md#one-charge
"""

from collections.abc import Iterator

from ...finding import Breach
from ...gateway.visit import GatewayVisit

SEVERITY = "error"
SCENES = ("one_key", "cut_off")


def judge(visit: GatewayVisit) -> Iterator[Breach]:
    for scene in SCENES:
        played = visit[scene]
        failed = [call for call in played.calls.values() if call.status >= 500 or not call.status]
        outcome = played.calls["outcome"]
        if failed:
            yield Breach(
                f"Of {len(played.calls)} calls with one key {len(failed)} are {failed[0].said}.",
                (failed[0].evidence,),
            )
        elif outcome.payment_status != "paid":
            yield Breach(
                f"After it was sent again the payment is {outcome.said}.",
                played.evidence("outcome"),
            )
