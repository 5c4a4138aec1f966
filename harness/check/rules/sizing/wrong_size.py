"""The frame does not fit the page's content.

## What it does
Compares the frame with the content in it once the page has posted its size and is quiet. It is
reported if the content is cut off or gets a scrollbar, or if more than 24 px stay blank below it.
Paddings and margins around the content are not blank space.

## Why it matters
A second scrollbar inside the shop's page hides the button from the buyer, above all on phones; a
blank space looks like something that has failed to load.

## Example
```js
document.addEventListener("DOMContentLoaded", () => {
  parent.postMessage({ height: document.body.scrollHeight }, "*"); // and what comes later?
});
```

## Use instead
Measure the box of the content itself, not the document or the window, and post it again whenever it
changes.

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
from ...fit import ignored_sizes, misfit, runs_away
from ...recording import Visit

SEVERITY = "error"
SCENES = ("first_load", "changing_height")


def judge(visit: Visit) -> Iterator[Breach]:
    recording = visit["first_load"]
    if not recording.sizes or ignored_sizes(visit, "first_load") or runs_away(visit):
        return  # other rules report these
    moment = recording.moments["loaded"]
    if wrong := misfit(moment):
        yield Breach(wrong, (picture(recording, moment), message_log(recording)))
