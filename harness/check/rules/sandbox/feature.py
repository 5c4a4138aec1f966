"""The page asks for something that the shop's frame is not given.

## What it does
Reads what the browser says while the page loads. It is reported if the page asks for the location,
the camera, a payment request, a passkey, the clipboard or its own storage, and the browser refuses
it, as the frame has no `allow`. What the page asks for on a click is not seen.

## Why it matters
It cannot work in this shop or in any other. A buyer without another way is stuck.

## Example
```js
const request = new PaymentRequest([{ supportedMethods: "https://google.com/pay" }], details);
```

## Use instead
Do what needs it on a page of your own in the whole window, and come back to RETURN_URL.

```js
button.onclick = () => top.location.href = `https://pay.example/${payment}`;
```

## Fact
docs/frame.md#the-sandbox
"""

import re
from collections.abc import Iterator

from ...finding import Breach, Quote, picture
from ...recording import Visit

SEVERITY = "warning"
SCENES = ("first_load",)
REFUSED = re.compile(
    r"permissions? policy|requestStorageAccess|feature is not enabled|specify allow=", re.IGNORECASE
)
"""What the browser names when it refuses, on its console or in an error."""


def judge(visit: Visit) -> Iterator[Breach]:
    recording = visit["first_load"]
    lines = [line.text for line in recording.console if line.type == "error"]
    said = [text for text in (*lines, *recording.errors) if REFUSED.search(text)]
    if said:
        yield Breach(
            f"The browser refuses what the page asks for: {said[0]}",
            (*(Quote(text) for text in said), picture(recording, recording.moments["loaded"])),
        )
