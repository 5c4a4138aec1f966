"""The frame does not fit the page's content on a phone.

## What it does
Shows the page in a window of 360 px, turns it to 700 px and back, and compares the frame with the
content in it each time, as sizing/wrong-size does in a wide window. What is wrong there already is
not reported again.

## Why it matters
Text takes more lines in a narrow frame. With the height of a wide one the button is cut off, or a
scrollbar inside the page hides it; turned back, a blank space remains.

## Example
```js
addEventListener("load", () => parent.postMessage({ height: main.offsetHeight }, "*")); // and then?
```

## Use instead
Observe the box of the content, which changes with the frame's width, and post each height.

```js
new ResizeObserver(([{ target }]) => {
  parent.postMessage({ height: Math.ceil(target.getBoundingClientRect().height) }, "*");
}).observe(document.querySelector("main"));
```

## Fact
docs/frame.md#sizes
"""

from collections.abc import Iterator

from ...finding import Breach, message_log, picture
from ...fit import ignored_sizes, misfit, runs_away, widths
from ...recording import Visit

SEVERITY = "error"
SCENES = ("first_load", "narrow", "changing_height")
SHOWN = {
    "upright": "In a window of 360 px: ",
    "turned": "Turned from 360 px to 700 px: ",
    "back": "Turned from 360 px to 700 px and back: ",
}


def judge(visit: Visit) -> Iterator[Breach]:
    recording = visit["narrow"]
    wide = visit["first_load"].moments["loaded"]
    if (
        not recording.sizes
        or widths(recording)
        or ignored_sizes(visit, "narrow")
        or misfit(wide)
        or runs_away(visit)
    ):
        return  # other rules report these
    for name, beginning in SHOWN.items():
        moment = recording.moments[name]
        if wrong := misfit(moment):
            yield Breach(beginning + wrong, (picture(recording, moment), message_log(recording)))
            return
