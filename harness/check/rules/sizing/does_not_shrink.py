"""The frame grows with the content, but does not shrink with it.

## What it does
Adds 300 px of content to the page and takes them away again. It is reported if the frame follows
the growth, and stays more than 24 px higher than before afterwards.

## Why it matters
After an error message, an opened list or a step of the payment the shop's page keeps a blank space.
The buyer thinks that something has not loaded, or does not find what comes below it.

## Example
```js
parent.postMessage({ height: document.documentElement.scrollHeight }, "*"); // the frame's at least
```

## Use instead
Measure the box of the content. The `scrollHeight` of the document is never less than the height of
the frame.

```js
parent.postMessage({ height: Math.ceil(main.getBoundingClientRect().height) }, "*");
```

## Fact
docs/frame.md#sizes
"""

from collections.abc import Iterator

from ...finding import Breach, message_log, picture
from ...fit import runs_away, stays_high
from ...recording import Visit

SEVERITY = "warning"
SCENES = ("changing_height",)


def judge(visit: Visit) -> Iterator[Breach]:
    recording = visit["changing_height"]
    if (left := stays_high(visit)) and not runs_away(visit):
        yield Breach(
            f"When 300 px of content have come and gone, the frame stays {left:.0f} px higher than "
            "before.",
            (picture(recording, recording.moments["shrunk"]), message_log(recording)),
        )
