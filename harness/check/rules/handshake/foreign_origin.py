"""The page accepts a handshake from anyone.

## What it does
After the shop's message another one comes from a window of another origin, with another payment,
amount and colour. It is reported if the page shows any of it, takes its colour, or asks its server
for that payment. A page that knows the shop's origin and one that only listens to its `parent` both
pass.

## Why it matters
An advertisement on the shop's page, or anything else that can reach the frame, changes which amount
the buyer sees and which payment is paid.

## Example
```js
addEventListener("message", ({ data }) => {
  if (data?.BX_SYSTEM_PARAMS) show(data.BX_SYSTEM_PARAMS.SUM);
});
```

## Use instead
Compare the message's `source` with `parent`, and its `origin` with the shops that you know.

```js
addEventListener("message", ({ data, source }) => {
  if (source !== parent || !data?.BX_SYSTEM_PARAMS) return;
  show(data.BX_SYSTEM_PARAMS.SUM);
});
```

## Fact
docs/frame.md#other-messages
"""

import re
from collections.abc import Iterator

from ...finding import Breach, Evidence, Exchange, message_log, picture
from ...recording import Visit
from ...scenes.messages import FOREIGN

SEVERITY = "error"
SCENES = ("messages",)
BETWEEN_DIGITS = re.compile(r"(?<=\d)[\s.,'’](?=\d)")


def judge(visit: Visit) -> Iterator[Breach]:
    recording = visit["messages"]
    moment = recording.moments["foreign"]
    evidence: tuple[Evidence, ...] = (picture(recording, moment), message_log(recording))
    digits = FOREIGN.amount.replace(".", "")
    if digits in BETWEEN_DIGITS.sub("", moment.text):
        done = f"shows the {FOREIGN.amount} of a message from another origin"
    elif "taken" in recording.marks:
        done = "takes over the colour of a message from another origin"
    elif asked := [request for request in recording.requests if FOREIGN.payment_id in request.url]:
        done = "asks its server for the payment of a message from another origin"
        evidence = (*evidence, Exchange(asked[0]))
    else:
        return
    yield Breach(f"The page {done}.", evidence)
