"""Content is out of reach on a small phone.

## What it does
Shows the page in windows of 360 and 320 px. It is reported if text or a field is cut off at an edge
where nothing scrolls. A page that scrolls sideways is the matter of style/horizontal-scroll.

## Why it matters
320 px is the smallest phone, and every phone with the text enlarged. Half an amount is worse than
none: the buyer reads 10 instead of 100.

## Example
```css
body { overflow-x: hidden; } /* hides the scrollbar, and what is beyond the edge */
.card { min-width: 340px; }
```

## Use instead
Give widths that shrink, let lines break, and hide nothing at the edge.

```css
.card { min-width: 0; max-width: 480px; overflow-wrap: anywhere; }
```

## Fact
docs/page.md#small-phones
"""

from collections.abc import Iterator

from ...finding import Breach, Quote, picture
from ...recording import DrawnText, Moment, Visit

SEVERITY = "error"
SCENES = ("narrow",)
TOLERANCE = 2.0
"""CSS px: the last letter may reach out of its line a little."""


def judge(visit: Visit) -> Iterator[Breach]:
    recording = visit["narrow"]
    for moment in recording.moments.values():
        cut = [text for text in moment.looks.texts if _cut_off(text, moment)]
        if cut and moment.scroll.width - moment.viewport.width < 1:
            yield Breach(
                f"In a frame {moment.viewport.width:.0f} px wide “{cut[0].text}” is cut off and "
                "cannot be scrolled to.",
                (picture(recording, moment), Quote(cut[0].html)),
            )
            return


def _cut_off(text: DrawnText, moment: Moment) -> bool:
    """Reaches beyond an edge; what lies beyond it whole has been put there on purpose."""
    left, _, right, _ = text.box
    width = moment.viewport.width
    beyond = right > width + TOLERANCE > left + TOLERANCE or left < -TOLERANCE < 0 < right
    return beyond and not text.scrolls
