"""A script keeps the page from answering for a while.

## What it does
Watches while the page loads, by the browser's own measure (`longtask`), how long its scripts keep
it from doing anything else. It is reported if one task takes more than half a second, on this
machine; a phone takes three times as long and more.

## Why it matters
Meanwhile nothing that the buyer does has an effect: no letter appears, no button moves. Whoever
sees that types again, or pays again.

## Example
```js
const key = deriveKeySync(params); // a second of computing, before the first letter can be typed
```

## Use instead
Do such work on the server or in a worker, and load no more script than a payment needs.

```js
const worker = new Worker("derive.js");
worker.postMessage(params);
```

## Fact
docs/page.md#weight
"""

from collections.abc import Iterator

from ...finding import Breach, picture
from ...recording import Visit

SEVERITY = "warning"
SCENES = ("first_load",)
LONGEST = 0.5
"""Seconds."""


def judge(visit: Visit) -> Iterator[Breach]:
    recording = visit["first_load"]
    loaded = recording.moments["loaded"]
    # Later ones are the check's own, which reads the page then.
    tasks = [task.seconds for task in recording.tasks if task.time < loaded.time]
    longest = max(tasks, default=0)
    if longest > LONGEST:
        yield Breach(
            f"A script keeps the page busy for {longest:.1f} seconds.",
            (picture(recording, loaded),),
        )
