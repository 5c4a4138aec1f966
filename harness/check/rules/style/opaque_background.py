"""The page is a block of another colour in the shop.

## What it does
Compares the colour behind the page's content with the shop's colour around the frame. It is
reported if the page has a dark background in a light shop, or if it has no background of its
own and yet is a light block in a dark shop: the browser paints the canvas of a frame whose colour
scheme is not the shop's. A light background that the page itself sets is not reported, since it can
be read everywhere.

## Why it matters
The payment looks out of place, or like something that has failed to load, at the moment when the
buyer has to trust it.

## Example
```css
:root { color-scheme: light; } /* in a dark shop: a white canvas, although nothing sets one */
```

## Use instead
Let the shop's background through, with the shop's colours and its colour scheme; without them use a
light background of your own.

```js
const { color, colorScheme } = data.BX_COMPUTED_STYLE ?? {};
if (color) {
  document.documentElement.style.colorScheme = colorScheme;
  document.body.style.cssText = `color: ${color}; background: transparent`;
}
```

## Fact
docs/page.md#colours
"""

from collections.abc import Iterator

from ...contrast import canvas, contrast
from ...finding import Breach, picture
from ...recording import Moment, Visit

SEVERITY = "warning"
SCENES = ("first_load", "brand", "dark")
LIKE = 3.0
"""Contrast ratio from which on two backgrounds are a dark and a light one."""


def judge(visit: Visit) -> Iterator[Breach]:
    for scene in SCENES:
        recording = visit[scene]
        moment = recording.moments["loaded"]
        if reason := _stands_out(moment, dark_shop=scene == "dark"):
            yield Breach(reason, (picture(recording, moment),))
            return


def _stands_out(moment: Moment, *, dark_shop: bool) -> str | None:
    color = canvas(moment)
    if color is None or contrast(color, moment.surroundings) < LIKE:
        return None
    if dark_shop and not moment.looks.background:
        return (
            "In a dark shop the browser paints a light canvas behind the page, which sets no "
            "background: its colour scheme is not the shop's."
        )
    if not dark_shop and moment.looks.background:
        return "In a light shop the page has a dark background."
    return None
