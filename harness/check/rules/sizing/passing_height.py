"""The page posts the height of a width that it has for a moment.

## What it does
Makes the frame narrow and wide again, with another width in each animation frame. It is reported if
the page posts a height on the way that is half as much again as the right one, and 300 px more. A
page that waits until a width stays never does.

## Why it matters
So it goes when the shop's column is animated, a phone is turned, or a picture of the whole page is
taken. What is below the frame jumps away and back, and in the picture there is a hole.

## Example
```js
new ResizeObserver(() => {
  parent.postMessage({ height: document.body.scrollHeight }, "*"); // of any width
}).observe(document.body);
```

## Use instead
After a change of the width wait until it has been the same for a while; post a change of the
content alone at once.

```js
let width = innerWidth, waiting;
new ResizeObserver(() => {
  clearTimeout(waiting);
  if (innerWidth === width) return tell();
  width = innerWidth;
  waiting = setTimeout(tell, 100);
}).observe(main);
```

## Fact
docs/frame.md#sizes
"""

from collections.abc import Iterator

from ...finding import Breach, message_log, picture
from ...fit import runs_away
from ...recording import Visit, pixels

SEVERITY = "warning"
SCENES = ("changing_height",)
SHARE = 1.5
PIXELS = 300
"""A hole of less height is hardly one."""


def judge(visit: Visit) -> Iterator[Breach]:
    recording = visit["changing_height"]
    if "passed" not in recording.marks or runs_away(visit):
        return
    moment = recording.moments["shrunk"]
    right = moment.frame.height
    posted = [
        pixels(message.data.get("height"))
        for message in recording.sizes
        if recording.marks["passing"] <= message.time <= recording.marks["passed"]
    ]
    highest = max(posted, default=0.0)
    if highest >= right * SHARE and highest >= right + PIXELS:
        yield Breach(
            f"While the frame is narrow for a moment the page posts a height of {highest:.0f} px, "
            f"and needs {right:.0f} px before and afterwards.",
            (message_log(recording), picture(recording, moment)),
        )
