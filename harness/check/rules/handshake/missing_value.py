"""The page needs a value that the shop does not send.

## What it does
Lets the shop's message come when the page has been quiet for a while. It is reported if the page
then crashes over a value that is not there, or shows `undefined`, `NaN`, `null` or `[object
Object]`.

## Why it matters
The page expects a value that the platform does not send, such as the number of the order. The
buyer sees `undefined` in place of the payment, or a page that has stopped.

## Example
```js
title.textContent = `Order ${data.BX_SYSTEM_PARAMS.ORDER_ID.padStart(6, "0")}`;
```

## Use instead
Use what the message has: RETURN_URL, PAYSYSTEM_ID, PAYMENT_ID, SUM, CURRENCY and your FIELDS; let
your server ask the portal for the rest.

```js
const order = await fetch(`/orders?payment=${data.BX_SYSTEM_PARAMS.PAYMENT_ID}`);
```

## Fact
docs/frame.md#the-message
"""

import re
from collections.abc import Iterator

from ...finding import Breach, message_log, picture
from ...recording import Visit

SEVERITY = "error"
SCENES = ("messages",)
ABSENT = re.compile(r"\b(undefined|null|NaN)\b|not defined|\[object Object\]")


def judge(visit: Visit) -> Iterator[Breach]:
    recording = visit["messages"]
    posted, others = recording.marks["posted"], recording.marks["junk"]
    noise, after = recording.moments["noise"], recording.moments["after"]
    evidence = (picture(recording, after), message_log(recording))
    crashes = [error for error in recording.errors_from(posted, others) if ABSENT.search(error)]
    shown = ABSENT.search(after.text)
    if crashes:
        yield Breach(f"On the shop's message the page crashes: {crashes[0]}.", evidence)
    elif shown and not ABSENT.search(noise.text):
        yield Breach(f"On the shop's message the page shows {shown[0]}.", evidence)
