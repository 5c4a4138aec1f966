"""The form that is sent again is refused.

## What it does
Goes back to the shop and sends the form of the same payment again. It is reported if an error comes
in place of the page.

## Why it matters
A buyer who has gone back to look at the order cannot pay any more.

## Example
```python
db.execute("insert into payments (order_id) values (?)", order_id)  # raises
```

## Use instead
Answer with the payment that there is, as long as it can be paid.

```python
payment = find(order) or create(order)
```

## Fact
docs/form.md#reload-and-back
"""

from collections.abc import Iterator

from ...finding import Breach, seen
from ...form.visit import FormVisit
from ...landing import why_not_opened

SEVERITY = "error"
SCENES = ("again",)


def judge(visit: FormVisit) -> Iterator[Breach]:
    windows = visit["again"].windows
    first, second = windows["first"], windows["second"]
    if first.opened and not second.opened:
        reason = why_not_opened(second)
        yield Breach(f"Sent again the form leads to no page: {reason}.", (seen(second, "second"),))
