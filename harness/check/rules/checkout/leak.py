"""An answer tells what belongs to the server alone.

## What it does
Reads every answer, also those to what is no call at all. It is reported where one holds a stack
trace, a path of the server's disk, or the value of a parameter that is named as a secret is.

## Why it matters
It shows an attacker what the server runs and where to look, and a buyer something that they cannot
understand.

## Example
```php
ini_set('display_errors', 1);
```

## Use instead
Write errors to your log, and answer with a sentence.

```php
ini_set('display_errors', 0);
ini_set('log_errors', 1);
```

## Fact
docs/checkout.md#what-an-error-says
"""

from collections.abc import Iterator

from ...checkout.visit import CheckoutVisit
from ...finding import Breach
from ...leaks import leak

SEVERITY = "error"
SCENES = ("first_call", "refusals", "junk")


def judge(visit: CheckoutVisit) -> Iterator[Breach]:
    for call in visit.calls:
        if found := leak(call.request.received, visit.secrets):
            yield Breach(f"The answer to {call.name} holds {found}.", (call.evidence,))
            return
