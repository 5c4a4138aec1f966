"""An answer is not as the API describes it.

## What it does
Compares every answer with `widget/gateway.openapi.yaml`, and those to requests that are made up
from it. It is reported where a status, a type, a field or a header is not as it stands there.

## Why it matters
The payment page relies on the description: what differs is a page that stays empty, or an error
that nobody can read.

## Example
```python
return JSONResponse({"error": "not found"}, status_code=404)
```

## Use instead
Answer as the description says; what went wrong is a problem with a sentence for the buyer.

```python
return JSONResponse(
    {
        "type": "about:blank",
        "title": "Not Found",
        "status": 404,
        "code": "payment_not_found",
        "detail": "The shop does not know this payment.",
    },
    404,
    media_type="application/problem+json",
)
```

## Fact
docs/gateway.md#the-api
"""

from collections.abc import Iterator

from ...finding import Breach
from ...gateway.visit import GatewayVisit

SEVERITY = "error"
SCENES = ("opened", "made_up")
MOST = 5
"""Findings of this rule: one mistake is often in every answer."""


def judge(visit: GatewayVisit) -> Iterator[Breach]:
    first_of_each = dict(reversed(visit.misdescribed))
    for said, evidence in list(reversed(first_of_each.items()))[:MOST]:
        yield Breach(f"An answer is not as the API describes it: {said}", (evidence,))
