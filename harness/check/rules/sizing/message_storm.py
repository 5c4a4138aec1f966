"""The page posts again and again what the shop knows already.

## What it does
Counts the page's messages until it is quiet, or for some seconds. It is reported if there are
twelve in a row that say but one thing, or two in turn.

## Why it matters
Each message makes the browser lay out the shop's page again. On a phone scrolling stutters, typing
lags and the battery drains; a size that changes between two values makes the page jump.

## Example
```js
(function tell() {
  parent.postMessage({ height: main.offsetHeight }, "*");
  requestAnimationFrame(tell);
})();
```

## Use instead
Post a size when it has changed, and only then.

```js
let told = 0;
new ResizeObserver(() => {
  const height = main.offsetHeight;
  if (height !== told) parent.postMessage({ height: told = height }, "*");
}).observe(main);
```

## Fact
docs/frame.md#sizes
"""

import json
from collections.abc import Iterator

from ...finding import Breach, message_log
from ...recording import Visit

SEVERITY = "warning"
SCENES = ("first_load",)
MANY = 12


def judge(visit: Visit) -> Iterator[Breach]:
    recording = visit["first_load"]
    sent = [
        json.dumps(message.data, sort_keys=True)
        for message in recording.messages
        if message.to == "seller" and message.own
    ]
    for start in range(len(sent) - MANY + 1):
        if len(set(sent[start : start + MANY])) <= 2:
            yield Breach(
                f"The page has posted {len(sent)} messages, among them {MANY} in a row without any "
                f"news: {sent[start]}.",
                (message_log(recording),),
            )
            return
