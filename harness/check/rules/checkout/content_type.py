"""The answer does not say that it is JSON.

## What it does
Looks at the header Content-Type of an answer with a page to pay on. It is reported if it is not a
JSON type, or names another charset than UTF-8.

## Why it matters
The platform reads it all the same; what stands between the two, a proxy or a firewall that puts a
script or a banner into HTML, does not leave it alone.

## Example
```php
echo json_encode($answer);
```

## Use instead
Say `application/json`.

```php
header('Content-Type: application/json');
echo json_encode($answer);
```

## Fact
docs/checkout.md#the-answer
"""

import re
from collections.abc import Iterator

from ...checkout.visit import CheckoutVisit
from ...finding import Breach

SEVERITY = "warning"
SCENES = ("first_call",)
JSON = re.compile(r"application/([\w.-]+\+)?json\s*(;\s*charset=\"?utf-8\"?)?", re.IGNORECASE)


def judge(visit: CheckoutVisit) -> Iterator[Breach]:
    call = visit["first_call"].calls["first"]
    type = call.request.headers.get("content-type", "")
    if call.registered and not JSON.fullmatch(type.strip()):
        said = f"Content-Type: {type}" if type else "no Content-Type"
        yield Breach(f"The answer is JSON and has {said}.", (call.evidence,))
