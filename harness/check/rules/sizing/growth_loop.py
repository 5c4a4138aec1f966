"""The frame never stops growing.

## What it does
Makes the frame 200 px higher than the page has asked for, as any rounding or change of layout may.
It is reported if the page answers with ever greater heights, each more than the frame then has.

## Why it matters
The shop sets no limit. Its page becomes longer and longer, the buyer never reaches its end, and the
phone's battery drains.

## Example
```css
body { min-height: 100vh; padding: 10px; } /* always 20 px higher than the frame */
```

## Use instead
Measure something that does not depend on the height of the frame: no `100vh`, `height: 100%` or
`scrollHeight` of the document, but the box of the content.

```js
const height = Math.ceil(document.querySelector("main").getBoundingClientRect().height);
```

## Fact
docs/frame.md#sizes
"""

from collections.abc import Iterator

from ...finding import Breach, message_log, picture
from ...fit import heights_when_taller, runs_away
from ...recording import Visit

SEVERITY = "error"
SCENES = ("changing_height",)


def judge(visit: Visit) -> Iterator[Breach]:
    if not runs_away(visit):
        return
    recording = visit["changing_height"]
    heights = heights_when_taller(visit)
    yield Breach(
        "The page asks for more height whenever it gets more: "
        f"{', '.join(f'{height:.0f}' for height in heights[:5])} px, and so on.",
        (picture(recording, recording.moments["taller"]), message_log(recording)),
    )
