"""An attempt is taken that no gateway may take.

## What it does
Sends an attempt without an Idempotency-Key, with a return_url of another site, with one that is a
script, and with a method that is not offered. It is reported if one is taken, or the server fails
on it.

## Why it matters
Without a key a repetition is a second charge; a foreign return_url sends the buyer from the bank's
page to a copy of the shop.

## Example
```python
return RedirectResponse(attempt.return_url)
```

## Use instead
Refuse it with a status from 400 to 499. A return_url is good if its origin is the page's own or a
shop's that you know.

```python
if origin_of(body["return_url"]) not in (OWN_ORIGIN, *SELLERS):
    raise Problem(422, "return_url_refused")
```

## Fact
docs/gateway.md#the-api
"""

from collections.abc import Iterator

from ...finding import Breach
from ...gateway.visit import GatewayVisit

SEVERITY = "error"
SCENES = ("wrong_attempts",)


def judge(visit: GatewayVisit) -> Iterator[Breach]:
    for name, call in visit["wrong_attempts"].calls.items():
        if not 400 <= call.status < 500:
            yield Breach(f"An attempt with {name} is {call.said}.", (call.evidence,))
