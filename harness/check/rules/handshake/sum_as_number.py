"""The page fails where SUM and the IDs are numbers.

## What it does
Lets the shop send SUM and the IDs as numbers. It is reported if the page then crashes, or does
nothing with the message, and does not so with strings.

## Why it matters
Portals differ: most send `"100"` and `"7"`, older ones `100` and `7`. The page works with one
merchant and not with the next.

## Example
```js
const [units, cents = "00"] = params.SUM.split(".");
```

## Use instead
Turn each value into the type that you need before you use it.

```js
const [units, cents = "00"] = String(params.SUM).split(".");
```

## Fact
docs/frame.md#the-message
"""

from collections.abc import Iterator

from ...finding import Breach
from ...reaction import COMPARED, failing
from ...recording import Visit

SEVERITY = "error"
SCENES = (*COMPARED, "sum_as_number")


def judge(visit: Visit) -> Iterator[Breach]:
    yield from failing(visit, "sum_as_number", "With SUM and the IDs as numbers the page")
