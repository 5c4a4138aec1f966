"""The page does not fit a phone.

## What it does
Opens PAYMENT_URL in a window of 360 px. It is reported if the page has no viewport of its own, or
is wider than the window.

## Why it matters
Most buyers come with a phone. Without a viewport they get a desk's page made small; a page that is
too wide hides the button.

## Example
```html
<body style="width: 900px">
```

## Use instead
Set the viewport, and let nothing be wider than it.

```html
<meta name="viewport" content="width=device-width, initial-scale=1">
```

## Fact
docs/checkout.md#the-page
"""

from collections.abc import Iterator

from ...checkout.visit import CheckoutVisit
from ...finding import Breach
from ...landing import unfit_for_phones

SEVERITY = "warning"
SCENES = ("page",)


def judge(visit: CheckoutVisit) -> Iterator[Breach]:
    yield from unfit_for_phones(visit["page"].windows["phone"])
