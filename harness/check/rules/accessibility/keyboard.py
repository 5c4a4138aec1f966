"""Something cannot be reached, or left, with the keyboard.

## What it does
Presses Tab from the frame's beginning to its end. It is reported if a link, a button, a field or an
element with a click handler in its HTML is never reached, or if the focus goes around inside the
page and never leaves it. What arrow keys reach, as in a group of radio buttons, is not reported.

## Why it matters
Buyers who cannot use a mouse get to the end of the form and cannot press the button.

## Example
```html
<div class="button" onclick="pay()">Pay</div>
```

## Use instead
Use the element that HTML has for it, and do not use `tabindex`.

```html
<button type="button" onclick="pay()">Pay</button>
```

## Fact
docs/page.md#assistive-technology
"""

from collections.abc import Iterator

from ...finding import Breach, Quote
from ...recording import Visit

SEVERITY = "error"
SCENES = ("controls",)


def judge(visit: Visit) -> Iterator[Breach]:
    elements = visit["controls"].elements
    if unreached := elements.get("unreached"):
        more = f"{len(unreached)} elements" if len(unreached) > 1 else "An element"
        yield Breach(
            f"{more} of the page cannot be reached with Tab.",
            tuple(Quote(html) for html in unreached[:3]),
        )
    if circle := elements.get("circle"):
        yield Breach(
            "Tab goes around inside the page and never leaves it.",
            tuple(Quote(html) for html in circle[:3]),
        )
