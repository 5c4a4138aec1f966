"""The page works only the first time that it is loaded.

## What it does
Loads the frame's page a second time, in the same browser, and lets the shop post again. It is
reported if the page then crashes, does nothing with the message or sends no size, where it has
worked before.

## Why it matters
A buyer who reloads, or comes back into the frame from 3-D Secure or a bank, sees a page that does
nothing, in the middle of paying.

## Example
```js
addEventListener("message", ({ data }) => {
  if (history.state) return;
  history.replaceState("started", "");
  start(data);
});
```

## Use instead
Treat the message after every load alike: keep the state of the payment on the server, by
PAYMENT_ID, and not in the browser's storage.

```js
addEventListener("message", ({ data, source }) => {
  if (source === parent && data?.BX_SYSTEM_PARAMS) start(data);
});
```

## Fact
docs/frame.md#the-message
"""

from collections.abc import Iterator

from ...finding import Breach, Evidence, message_log, picture
from ...reaction import COMPARED, failure
from ...recording import Visit

SEVERITY = "error"
SCENES = (*COMPARED, "dark")


def judge(visit: Visit) -> Iterator[Breach]:
    recording = visit["dark"]
    began = recording.marks["second"]
    second = recording.moments["second"]
    evidence: tuple[Evidence, ...] = (picture(recording, second), message_log(recording))
    if failed := failure(visit, recording, second, began):
        yield Breach(f"Loaded a second time, the page {failed}.", evidence)
    elif visit["first_load"].sizes and not any(message.time > began for message in recording.sizes):
        yield Breach(
            "Loaded a second time, the page sends no size although the first time it has.", evidence
        )
