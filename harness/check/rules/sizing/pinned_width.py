"""The page fixes the frame's width.

## What it does
Shows the page in a window of 360 px, turns it to 700 px and back. It is reported if the page posts
a `width`.

## Why it matters
A width once posted stays: nothing brings back the 100% that the frame begins with. A buyer who
turns the phone gets a frame that reaches out of the shop's page, or half of one.

## Example
```js
parent.postMessage({ width: document.body.scrollWidth, height: document.body.scrollHeight }, "*");
```

## Use instead
Post the `height` alone, and let the page's content take whatever width the frame has.

```js
parent.postMessage({ height }, "*");
```

## Fact
docs/frame.md#sizes
"""

from collections.abc import Iterator

from ...finding import Breach, message_log, picture
from ...fit import widths
from ...recording import Visit

SEVERITY = "error"
SCENES = ("narrow",)


def judge(visit: Visit) -> Iterator[Breach]:
    recording = visit["narrow"]
    posted = widths(recording)
    if not posted:
        return
    turned = recording.moments["turned"]
    yield Breach(
        f"The page posts a width of {posted[-1]:.0f} px. Turned from 360 px to 700 px, its frame "
        f"is {turned.frame.width:.0f} px wide, whatever room the shop has.",
        (picture(recording, turned), message_log(recording)),
    )
