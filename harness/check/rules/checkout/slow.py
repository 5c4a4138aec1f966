"""The answer takes too long.

## What it does
Takes the time of every call that an ordinary order is registered with. It is reported where an
answer takes more than 5 seconds.

## Why it matters
The buyer waits before an empty page, and presses reload.

## Example
```python
time.sleep(6)  # until the bank has answered
```

## Use instead
Answer with an address of your own at once, and do what takes long when the buyer is there.

```python
return JSONResponse({"PAYMENT_URL": page.url, "PAYMENT_ID": page.id})
```

## Fact
docs/checkout.md#time-and-size
"""

from collections.abc import Iterator

from ...checkout.visit import CheckoutVisit
from ...finding import Breach

SEVERITY = "warning"
SCENES = ("first_call",)
LONGEST = 5.0
"""Seconds."""


def judge(visit: CheckoutVisit) -> Iterator[Breach]:
    call = visit["first_call"].calls["first"]
    if call.request.time > LONGEST:
        yield Breach(f"The answer took {call.request.time:.1f} s.", (call.evidence,))
