"""The keyboard's focus cannot be seen.

## What it does
Presses Tab from the frame's beginning to its end, and compares the page with the focus and without.
It is reported if nothing at all changes. Fields to write into are not judged: they show the caret.

## Why it matters
Buyers without a mouse do not know which button they are about to press.

## Example
```css
button:focus { outline: none; }
```

## Use instead
Keep the browser's outline, or draw one of your own that is easy to see.

```css
button:focus-visible { outline: 3px solid; outline-offset: 2px; }
```

## Fact
docs/page.md#assistive-technology
"""

import re
from collections.abc import Iterator

from ...finding import Breach, Quote
from ...recording import Stop, Visit

SEVERITY = "warning"
SCENES = ("controls",)
WITHOUT_CARET = r"type=\W?(button|submit|reset|checkbox|radio|image|file|range|color)"


def judge(visit: Visit) -> Iterator[Breach]:
    hidden = {
        stop.element: stop.name
        for stop in visit["controls"].stops
        if not stop.visible and not _has_caret(stop)
    }
    if hidden:
        first = next(iter(hidden.values()))
        more = f", nor on {len(hidden) - 1} others" if len(hidden) > 1 else ""
        yield Breach(
            f"The focus cannot be seen on {first}{more}.",
            tuple(Quote(html) for html in list(hidden)[:3]),
        )


def _has_caret(stop: Stop) -> bool:
    html = stop.element.lower()
    if html.startswith(("<textarea", "<iframe")) or "contenteditable" in html:
        return True
    return html.startswith("<input") and not re.search(WITHOUT_CARET, html)
