"""The page scrolls sideways on a phone.

## What it does
Shows the page in a window of 360 px, turns it to 700 px and back, then in one of 320 px, and
measures whether the page is wider than its frame. A page that posts a width has made its frame so
wide itself: sizing/pinned-width reports it.

## Why it matters
Fields and buttons reach out of sight to the right. Buyers on phones type into half a field, or do
not find the button.

## Example
```css
.card { width: 480px; }
```

## Use instead
Give widths that shrink, and let long words and numbers break.

```css
.card { max-width: 480px; overflow-wrap: anywhere; }
```

## Fact
docs/frame.md#sizes
"""

from collections.abc import Iterator

from ...finding import Breach, Quote, picture
from ...fit import widths
from ...recording import Visit

SEVERITY = "error"
SCENES = ("narrow",)


def judge(visit: Visit) -> Iterator[Breach]:
    recording = visit["narrow"]
    if widths(recording):
        return  # sizing/pinned-width reports it
    for moment in recording.moments.values():
        over = moment.scroll.width - moment.viewport.width
        if over >= 1:
            element = (Quote(moment.wide),) if moment.wide else ()
            yield Breach(
                f"In a frame {moment.viewport.width:.0f} px wide the page is "
                f"{moment.scroll.width:.0f} px wide.",
                (picture(recording, moment), *element),
            )
            return
