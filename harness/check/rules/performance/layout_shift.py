"""The page makes the shop's page jump.

## What it does
Follows the height of the frame from its first 350 px to the one that it keeps. It is reported if
its lower edge moves more than 400 px further than it has to: up and down again.

## Why it matters
What is below the frame jumps under the buyer's finger: terms, the way back, other payments. The
shop's page is rated for it too (Cumulative Layout Shift), not yours.

## Example
```js
parent.postMessage({ height: 1200 }, "*"); // while loading, to be safe
onload = () => parent.postMessage({ height: main.offsetHeight }, "*");
```

## Use instead
Post a height only once the content is there, and give what comes later its place from the start.

```css
.methods { min-height: 240px; } /* filled in by a script */
```

## Fact
docs/frame.md#sizes
"""

from collections.abc import Iterator
from itertools import pairwise

from ...finding import Breach, message_log, picture
from ...recording import Visit

SEVERITY = "warning"
SCENES = ("first_load",)
MOST = 400.0
"""CSS px."""


def judge(visit: Visit) -> Iterator[Breach]:
    recording = visit["first_load"]
    heights = [box.size.height for box in recording.boxes]
    if not heights:
        return
    moved = sum(abs(after - before) for before, after in pairwise(heights))
    if moved - abs(heights[-1] - heights[0]) > MOST:
        way = ", ".join(f"{height:.0f}" for height in heights[:10])
        yield Breach(
            f"The frame moves what is below it by {moved:.0f} px: it is {way} px high in turn.",
            (picture(recording, recording.moments["loaded"]), message_log(recording)),
        )
