"""The page opens a dialog of the browser by itself.

## What it does
Watches for `alert`, `confirm` and `prompt` while the page loads, and when messages from others
come. It is reported if the page opens one before the buyer has done anything.

## Why it matters
The dialog halts the whole shop, bears the name of a host that the buyer has never heard of, and
looks like a fraud. Where a browser shows none for a frame, `confirm` says no.

## Example
```js
if (!params) alert("Incorrect request");
```

## Use instead
Say it in the page, where the buyer looks, and only where the buyer can do something about it.

```js
status.textContent = "The payment could not be read. Please load the page again.";
```

## Fact
docs/frame.md#the-sandbox
"""

from collections.abc import Iterator

from ...finding import Breach, message_log
from ...reaction import COMPARED
from ...recording import Visit

SEVERITY = "warning"
SCENES = COMPARED


def judge(visit: Visit) -> Iterator[Breach]:
    for scene in SCENES:
        recording = visit[scene]
        if recording.dialogs:
            yield Breach(
                f"The page opens a dialog by itself ({recording.dialogs[0]}).",
                (message_log(recording),),
            )
            return
