"""The page shows the amount of the message, and takes the payment without asking anybody.

## What it does
Sends a SUM that nobody else knows. It is reported if the page shows this amount together with a
way to pay it (fields for the buyer's data, a QR code, a link to a bank, or a button that is called
so) and has not asked a server for anything since the message came. It is information only: the
server may well ask for the amount when the payment is sent.

## Why it matters
The message comes through the buyer's browser, so a buyer can change it and pay 1.00 for an order of
100.00; the shop is told that the payment is paid.

## Example
```js
amount.textContent = data.BX_SYSTEM_PARAMS.SUM;
```

## Use instead
Send PAYMENT_ID to your server, let it ask the portal with `sale.payment.get`, and show and charge
what comes from there.

```js
const { sum } = await (await fetch(`/payments/${params.PAYMENT_ID}`)).json();
amount.textContent = sum;
```

## Fact
docs/page.md#the-amount
"""

import re
from collections.abc import Iterator

from ...finding import Breach, Quote, message_log, picture
from ...recording import Visit
from ...scenes.other_values import SUM

SEVERITY = "info"
SCENES = ("other_values",)
SHOWN = re.compile(r"[.,\s]?".join(SUM.replace(".", "")))
"""However the page groups and separates its digits."""


def judge(visit: Visit) -> Iterator[Breach]:
    recording = visit["other_values"]
    moment = recording.moments["loaded"]
    ways = recording.elements["ways"]
    if not ways or not recording.handshakes:
        return
    came = recording.handshakes[0].time
    asked = any(
        request.time >= came and request.type in ("fetch", "xhr", "document")
        for request in recording.requests
    )
    if SHOWN.search(moment.text) and not asked:
        yield Breach(
            f"The page shows {SUM}, which only the message says, and has asked no server.",
            (picture(recording, moment), Quote(ways[0]), message_log(recording)),
        )
