"""The page does not listen to the shop.

## What it does
Loads the page in the shop's frame and watches whether it adds a listener for `message`, or does
anything at all once the shop's message has arrived: post, request, change its document. A page that
listens and shows nothing of it is not reported, since that cannot be seen from outside.

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
    if not recording.handshakes or recording.times.get("listener"):
        return
    arrived = recording.handshakes[0].time
    acts = [
        *recording.times.get("change", []),
        *(each.time for each in recording.messages if each.to == "seller"),
        *(each.time for each in recording.requests),
    ]
    if all(act < arrived for act in acts):
        yield Breach(
            "The page added no listener for messages, and did nothing when the shop's arrived.",
            (message_log(recording),),
        )
