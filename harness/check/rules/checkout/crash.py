"""What is no call of the platform crashes the server.

## What it does
Sends a GET, an empty body, JSON, a text in place of BX_SYSTEM_PARAMS, a sum that is no number, and
bytes that are no text. It is reported if one is answered with a status from 500 on, or not at all,
or with a page to pay on.

## Why it matters
Everybody can send this. A crash fills the log with what is no fault of yours, hides what is, and is
the first thing that an attacker looks for.

## Example
```python
payment_id = int(form["BX_SYSTEM_PARAMS[PAYMENT_ID]"])
```

## Use instead
Answer what is no call of the platform with a status from 400 to 499, or with PAYMENT_ERRORS.

```python
if not form.get("BX_SYSTEM_PARAMS[PAYMENT_ID]", "").isdigit():
    return JSONResponse({"PAYMENT_ERRORS": ["This is no payment."]}, status_code=400)
```

## Fact
docs/checkout.md#what-an-error-says
"""

from collections.abc import Iterator

from ...checkout.visit import Call, CheckoutVisit
from ...finding import Breach

SEVERITY = "warning"
SCENES = ("junk",)


def judge(visit: CheckoutVisit) -> Iterator[Breach]:
    calls = visit["junk"].calls
    crashed = {name: how for name, call in calls.items() if (how := failure(call))}
    if crashed:
        told = ", ".join(f"{name} ({how})" for name, how in crashed.items())
        evidence = tuple(calls[name].evidence for name in crashed)
        yield Breach(f"The server fails on what is no call of the platform: {told}.", evidence)


def failure(call: Call) -> str | None:
    if call.request.status is None:
        return f"no answer: {call.request.failure}"
    if call.request.status >= 500:
        return f"status {call.request.status}"
    return "a page to pay on" if call.registered else None
