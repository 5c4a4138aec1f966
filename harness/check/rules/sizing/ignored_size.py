"""The page's sizes come from a host that the shop does not listen to.

## What it does
Compares the host of every message with the host of ACTION_URI. It is reported if sizes are posted,
none of them from that host: the page is only a shell, and a frame in it or a window of another host
posts. Where the page itself ends on another origin, sandbox/lost-message says so.

## Why it matters
The frame stays 350 px high, though the page does everything right as far as its author can see.

## Example
```html
<iframe src="https://checkout.example.net/"></iframe> <!-- which posts to `top` -->
```

## Use instead
Let the page at ACTION_URI post, in the name of what it holds.

```js
addEventListener("message", ({ data, source }) => {
  if (source === inner.contentWindow) parent.postMessage({ height: data.height }, "*");
});
```

## Fact
docs/frame.md#sizes
"""

from collections.abc import Iterator
from urllib.parse import urlsplit

from ...finding import Breach, message_log, picture
from ...fit import ignored_sizes
from ...recording import Visit

SEVERITY = "error"
SCENES = ("first_load",)


def judge(visit: Visit) -> Iterator[Breach]:
    recording = visit["first_load"]
    found = ignored_sizes(visit, "first_load")
    if not found or visit.strayed:
        return
    yield Breach(
        f"Sizes come from the origin {found[0].origin}; the shop listens only to the host "
        f"{urlsplit(visit.url).hostname}.",
        (message_log(recording), picture(recording, recording.moments["loaded"])),
    )
