"""The page opens new windows, which the shop's frame does not allow.

## What it does
Watches for windows that the page opens while it loads, and clicks its links to a new window, the
first five. It is reported if the browser blocks one. What opens a window from a button is not seen:
no button is pressed, as it might pay.

## Why it matters
The buyer clicks and nothing happens, without any message: no terms, no bank's page, no payment.

## Example
```html
<a href="https://bank.example/" target="_blank">Open my bank</a>
```

## Use instead
Open what leads away in the whole window, with `target="_top"`, and come back to RETURN_URL; show
everything else in the page itself.

```html
<a href="https://bank.example/" target="_top">Open my bank</a>
```

## Fact
docs/frame.md#the-sandbox
"""

from collections.abc import Iterator

from ...finding import Breach, Quote, picture
from ...recording import Visit

SEVERITY = "error"
SCENES = ("first_load", "controls")


def judge(visit: Visit) -> Iterator[Breach]:
    first = visit["first_load"]
    evidence = picture(first, first.moments["loaded"])
    links = [link.element for link in visit["controls"].links if link.kind == "window"]
    said = [line for line in first.console if line.text.startswith("Blocked opening")]
    if said:
        yield Breach(f"While it loads, the page opens a window: {said[0].text}", (evidence,))
    elif links:
        yield Breach(
            "A link of the page opens a new window, and the browser blocks it.",
            (*(Quote(html) for html in links), evidence),
        )
