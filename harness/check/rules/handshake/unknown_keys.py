"""The page fails where the message carries keys that it does not know.

## What it does
Adds keys to the shop's message and to its `BX_SYSTEM_PARAMS`, some with null. It is reported if the
page then crashes or does nothing with the message, and does not so without them.

## Why it matters
Every merchant can add FIELDS, and the platform has added keys before: `EXTERNAL_PAYMENT_ID` comes
only once the payment has one. From that day on buyers cannot pay.

## Example
```js
for (const [name, value] of Object.entries(params)) show[name](value);
```

## Use instead
Read the keys that you need by their names, and ignore all others.

```js
const { PAYMENT_ID, SUM, CURRENCY } = data.BX_SYSTEM_PARAMS;
```

## Fact
docs/frame.md#the-message
"""

from collections.abc import Iterator

from ...finding import Breach
from ...reaction import COMPARED, failing
from ...recording import Visit

SEVERITY = "error"
SCENES = (*COMPARED, "unknown_keys")


def judge(visit: Visit) -> Iterator[Breach]:
    yield from failing(visit, "unknown_keys", "With keys that it does not know the page")
