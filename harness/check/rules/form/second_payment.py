"""The form that is sent again makes a second payment.

## What it does
Goes back to the shop and sends the form of the same payment again. It is reported if it leads to
another address than the first time: each address is a payment of its own.

## Why it matters
A buyer who goes back and presses the button again can pay both.

## Example
```python
return RedirectResponse(f"/payments/{create(order).id}", 303)
```

## Use instead
Look for the payment of this order before you make one, and lead to the same page.

```python
payment = find(order) or create(order)
return RedirectResponse(f"/payments/{payment.id}", 303)
```

## Fact
docs/form.md#reload-and-back
"""

from collections.abc import Iterator
from urllib.parse import urlsplit

from ...finding import Breach, seen
from ...form.visit import FormVisit

SEVERITY = "error"
SCENES = ("again",)


def judge(visit: FormVisit) -> Iterator[Breach]:
    windows = visit["again"].windows
    first, second = windows["first"], windows["second"]
    if first.opened and second.opened and path(first.url) != path(second.url):
        yield Breach(
            f"The form leads to {path(first.url)}, and sent again to {path(second.url)}.",
            (seen(first, "first"), seen(second, "second")),
        )


def path(url: str) -> str:
    return urlsplit(url).path
