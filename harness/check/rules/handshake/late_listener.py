"""The page begins to listen too late.

## What it does
Loads the page twice, the second time so that whatever it fetches arrives only after the frame's
load. It is reported if the page adds its first listener for `message` once the load is over, as the
shop posts at that very moment.

## Why it matters
On a fast machine the listener may be there in time, and so the page works for its author. On a
buyer's slow phone the message comes before it, and the page waits for ever.

## Example
```js
const settings = await (await fetch("/settings.json")).json();
addEventListener("message", ({ data }) => start(data, settings));
```

## Use instead
Add the listener while the page is parsed, and let what it does wait for the rest.

```js
const settings = fetch("/settings.json").then((answer) => answer.json());
addEventListener("message", async ({ data, source }) => {
  if (source === parent && data?.BX_SYSTEM_PARAMS) start(data, await settings);
});
```

## Fact
docs/frame.md#the-message
"""

from collections.abc import Iterator

from ...finding import Breach, message_log, picture
from ...reaction import listens_late
from ...recording import Visit

SEVERITY = "error"
SCENES = ("first_load", "poor_conditions")


def judge(visit: Visit) -> Iterator[Breach]:
    for scene in SCENES:
        recording = visit[scene]
        if recording.handshakes and listens_late(recording):
            how = ", where what it fetches takes a while" if scene == "poor_conditions" else ""
            yield Breach(
                f"The page adds its listener after the load of the frame{how}; by then the shop "
                "has posted its message.",
                (
                    message_log(recording),
                    *(picture(recording, moment) for moment in recording.moments.values()),
                ),
            )
            return
