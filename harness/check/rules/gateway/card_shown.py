"""A card number comes back.

## What it does
Looks for the number that payments were made with in every answer. It is reported where it stands,
also with spaces or dashes in it.

## Why it matters
A card number that is answered is in the browser's log, in proxies and in error reports, and makes
each of them part of what PCI DSS asks about.

## Example
```python
return JSONResponse({"status": "failed", "request": body})
```

## Use instead
Answer its last four digits at the most, and keep the number nowhere.

```python
return JSONResponse({"status": "failed", "last4": card.number[-4:]})
```

## Fact
docs/gateway.md#the-api
"""

import re
from collections.abc import Iterator

from ...finding import Breach
from ...gateway.visit import GatewayVisit

SEVERITY = "error"
SCENES = ("paid", "wrong_attempts")
BETWEEN = re.compile(r"(?<=\d)[ -](?=\d)")


def judge(visit: GatewayVisit) -> Iterator[Breach]:
    for call in visit.calls:
        if visit.card and visit.card in BETWEEN.sub("", call.request.received):
            yield Breach("An answer holds the whole card number.", (call.evidence,))
            return
