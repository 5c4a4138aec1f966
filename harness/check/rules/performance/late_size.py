"""The page says too late how large it is.

## What it does
Takes the time from when the page begins to run in the frame to the first size that it posts. It is
reported if that is more than 2.5 seconds, on this machine and its network; a buyer's are slower.

## Why it matters
Until then the shop shows a box of 350 px, whatever is in it: the button to pay may lie below its
edge. When the size comes at last everything below jumps, under the finger of a buyer who has begun.

## Example
```html
<script src="everything.js"></script> <!-- slow, and only its last line posts a size -->
```

## Use instead
Post the size of what is there as soon as it is there, and again whenever it changes.

```html
<script>
  new ResizeObserver(([{ target }]) => {
    parent.postMessage({ height: Math.ceil(target.getBoundingClientRect().height) }, "*");
  }).observe(document.querySelector("main"));
</script>
<script src="everything.js" defer></script>
```

## Fact
docs/frame.md#sizes
"""

from collections.abc import Iterator

from ...finding import Breach, message_log, picture
from ...recording import Visit

SEVERITY = "warning"
SCENES = ("first_load",)
LONGEST = 2.5
"""Seconds."""


def judge(visit: Visit) -> Iterator[Breach]:
    recording = visit["first_load"]
    if not recording.sizes:
        return  # sizing/no-size reports it
    took = recording.sizes[0].time - recording.times["document"][0]
    if took > LONGEST:
        yield Breach(
            f"The first size comes {took:.1f} seconds after the page has begun.",
            (picture(recording, recording.moments["loaded"]), message_log(recording)),
        )
