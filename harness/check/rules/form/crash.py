"""What no shop sends crashes the server, or is told too much.

## What it does
Sends a GET without a query, an empty body, texts for numbers, and bytes that are no text. It is
reported if one is answered with a status from 500 on, or not at all, or with a stack trace, a path
of the server's disk or the value of a parameter that is named as a secret is.

## Why it matters
Everybody can send this. A crash fills the log with what is no fault of yours, and what it tells is
the first thing that an attacker looks for.

## Example
```python
amount = Decimal(form["sum"])  # raises, and the framework shows where
```

## Use instead
Answer what no shop sends with a status from 400 to 499 and a sentence.

```python
try:
    amount = Decimal(form["sum"])
except (KeyError, InvalidOperation):
    return PlainTextResponse("This is no order.", 400)
```

## Fact
docs/form.md#what-an-error-says
"""

from collections.abc import Iterator

from ...finding import Breach, Exchange
from ...form.visit import FormVisit
from ...leaks import leak
from ...recording import Request

SEVERITY = "warning"
SCENES = ("junk",)


def judge(visit: FormVisit) -> Iterator[Breach]:
    for name, request in visit["junk"].requests.items():
        if done := failure(request, visit.secrets):
            yield Breach(f"To {name} the answer {done}.", (Exchange(request, name),))


def failure(request: Request, secrets: list[str]) -> str | None:
    if request.status is None:
        return f"does not come: {request.failure}"
    if found := leak(request.received, secrets):
        return f"holds {found}"
    return f"has the status {request.status}" if request.status >= 500 else None
