"""The page posts sizes that the shop cannot use.

## What it does
Looks at every message that the page posts while it loads. It is reported if a `width` or `height`
is no positive number, nor a text that is one, such as `"350px"`, NaN or -1; or if the data is null.

## Why it matters
The shop puts "px" behind the value, and what is then no length is dropped: the frame stays as it
is, and the content is cut off. null as data raises an error in the shop's own script.

## Example
```js
parent.postMessage({ height: getComputedStyle(main).height }, "*"); // "412px", and so "412pxpx"
```

## Use instead
Post a number of CSS px over 0, without a unit.

```js
parent.postMessage({ height: Math.ceil(main.getBoundingClientRect().height) }, "*");
```

## Fact
docs/frame.md#sizes
"""

from collections.abc import Iterator

from ...finding import Breach, message_log, picture
from ...fit import unusable
from ...recording import Visit

SEVERITY = "error"
SCENES = ("first_load",)


def judge(visit: Visit) -> Iterator[Breach]:
    recording = visit["first_load"]
    moment = recording.moments["loaded"]
    if found := unusable(recording):
        data = found[0].data
        what = "null, which raises an error there" if data is None else f"{data}"
        yield Breach(
            f"The page posts to the shop {what}.",
            (message_log(recording), picture(recording, moment)),
        )
