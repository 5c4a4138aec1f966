"""Values as live portals send them are refused.

## What it does
Calls with sums as PHP writes them (`249.9`, `1700`, one of 13 digits), with keys that the
documentation does not name, and with a buyer's text in Cyrillic or with quotes. It is reported if
such a call is not answered with a page to pay on, although the first one was.

## Why it matters
It works in every test with 100.00, and fails for the first real buyer.

## Example
```python
if not re.fullmatch(r"\\d+\\.\\d\\d", form["BX_SYSTEM_PARAMS[SUM]"]):
    raise HTTPException(400)
```

## Use instead
Read SUM as a decimal of any length, every text as UTF-8, and ignore the keys that you do not know.

```python
amount = Decimal(form["BX_SYSTEM_PARAMS[SUM]"])
```

## Fact
docs/checkout.md#the-call
"""

from collections.abc import Iterator

from ...checkout.visit import CheckoutVisit
from ...finding import Breach

SEVERITY = "error"
SCENES = ("live_values",)


def judge(visit: CheckoutVisit) -> Iterator[Breach]:
    for name, call in visit["live_values"].calls.items():
        if not call.registered:
            yield Breach(
                f"A call with {name} is not answered with a page to pay on: {call.answer.cause}.",
                (call.evidence,),
            )
