"""The page does not listen to the shop.

## What it does
Loads the page in the shop's frame and watches whether it ever adds a listener for `message` to its
window, in whatever way. What the page does with the message is not judged: it may keep it until the
buyer presses a button.

## Why it matters
The message is all that a page learns of the payment. Without it the page cannot know which payment
the buyer wants to make, nor of how much.

## Example
```html
<script>
  const payment = new URLSearchParams(location.search); // empty: nothing comes in the URL
</script>
```

## Use instead
Add a listener for `message` to `window` while the page is parsed, before the frame's `load`.

```html
<script>
  addEventListener("message", ({ data, source }) => {
    if (source !== parent || !data?.BX_SYSTEM_PARAMS) return;
    showPayment(data.BX_SYSTEM_PARAMS);
  });
</script>
```

## Fact
docs/frame.md#the-message
"""

from collections.abc import Iterator

from ...finding import Breach, message_log
from ...recording import Visit

SEVERITY = "error"
SCENES = ("first_load",)


def judge(visit: Visit) -> Iterator[Breach]:
    recording = visit["first_load"]
    if not recording.handshakes or {"listener", "late listener"} & set(recording.times):
        return
    yield Breach(
        "The shop's message arrived in the frame, and the page has added no listener for it.",
        (message_log(recording),),
    )
