"""The page has no way back to the shop.

## What it does
Looks at the links and forms of the page that opens. It is reported if none of them leads to the
shop that BX_RETURN_URL names.

## Why it matters
A buyer who wants to change the order, or pay in another way, closes the window and is gone.

## Example
```html
<a href="/">Home</a>
```

## Use instead
Link to BX_RETURN_URL, once you know its shop.

```html
<a href="{{ return_url }}">Back to the shop</a>
```

## Fact
docs/form.md#the-way-back
"""

from collections.abc import Iterator

from ...finding import Breach, seen
from ...form.visit import FormVisit

SEVERITY = "warning"
SCENES = ("sent",)


def judge(visit: FormVisit) -> Iterator[Breach]:
    window = visit["sent"].windows["desktop"]
    if window.opened and not any(link.startswith(visit.shop) for link in window.links):
        yield Breach("No link of the page leads back to the shop.", (seen(window, "sent"),))
