"""Whoever speaks first uses up the page's one message.

## What it does
Before the shop's message others come that are no handshake: from the page's own window, from a
frame beside it, and from the shop's window. It is reported if the page then does nothing with the
shop's message, whose values it shows otherwise.

## Why it matters
Browser extensions and the page's own libraries post to its window while it loads. For these buyers
the page takes their message for the shop's, and waits or shows an error for ever; its author never
sees it happen.

## Example
```js
let first = true;
addEventListener("message", ({ data }) => {
  if (!first) return;
  first = false; // whoever has posted it
  if (data?.BX_SYSTEM_PARAMS) start(data.BX_SYSTEM_PARAMS);
});
```

## Use instead
Look at who has sent a message and whether it is a handshake, and let nothing else count; a second
handshake may start the page again.

```js
addEventListener("message", ({ data, source }) => {
  if (source !== parent || !data?.BX_SYSTEM_PARAMS) return;
  start(data.BX_SYSTEM_PARAMS);
});
```

## Fact
docs/frame.md#other-messages
"""

from collections.abc import Iterator

from ...finding import Breach, message_log, picture
from ...reaction import COMPARED, used_up
from ...recording import Visit

SEVERITY = "error"
SCENES = COMPARED


def judge(visit: Visit) -> Iterator[Breach]:
    if used_up(visit):
        recording = visit["messages"]
        yield Breach(
            "When messages from others come before the shop's, the page does nothing with the "
            "shop's any more.",
            (picture(recording, recording.moments["after"]), message_log(recording)),
        )
