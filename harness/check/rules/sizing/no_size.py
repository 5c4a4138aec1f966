"""The page never says how large it is.

## What it does
Loads the page in the shop's frame and waits until it is quiet. It is reported if it has posted
neither a `height` nor a `width` that the shop can read.

## Why it matters
The frame stays 350 px high. Whatever is longer gets a scrollbar of its own inside the shop's page,
and a phone's buyer may never see the button; whatever is shorter leaves a blank space.

## Example
```js
parent.postMessage({ type: "resize", value: document.body.scrollHeight }, "*");
```

## Use instead
Post `{ height }` in CSS px whenever the height of the page's content has changed, and once when it
is first known.

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
from ...fit import ignored_sizes, unusable
from ...recording import Visit

SEVERITY = "error"
SCENES = ("first_load",)


def judge(visit: Visit) -> Iterator[Breach]:
    recording = visit["first_load"]
    if (
        recording.sizes
        or unusable(recording)
        or ignored_sizes(visit, "first_load")
        or visit.strayed
    ):
        return  # other rules report these
    moment = recording.moments["loaded"]
    yield Breach(
        f"The page posted no size, so the frame stays {moment.frame.height:.0f} px high; its "
        f"content ends at {moment.content:.0f} px.",
        (picture(recording, moment), message_log(recording)),
    )
