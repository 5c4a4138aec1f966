"""The page crashes where the browser lets it store nothing.

## What it does
Loads the page with a browser in which `localStorage`, `sessionStorage` and `indexedDB` throw and
cookies vanish. It is reported if the page does not catch the error.

## Why it matters
The page is a third party on the shop's page, and browsers keep those from storing anything, by
default or by the buyer's choice. For these buyers the payment stops where the page first tries to.

## Example
```js
localStorage.setItem("payment", data.BX_SYSTEM_PARAMS.PAYMENT_ID);
```

## Use instead
Keep what the payment needs in a variable or on your server, by PAYMENT_ID. Where storage is a mere
comfort, catch the error.

```js
let payment = data.BX_SYSTEM_PARAMS.PAYMENT_ID;
```

## Fact
docs/frame.md#storage
"""

from collections.abc import Iterator

from ...finding import Breach, message_log, picture
from ...recording import Visit
from ...scenes.poor_conditions import DENIED

SEVERITY = "error"
SCENES = ("poor_conditions",)


def judge(visit: Visit) -> Iterator[Breach]:
    recording = visit["poor_conditions"]
    moment = recording.moments["loaded"]
    if crashes := [error for error in recording.errors if DENIED in error]:
        yield Breach(
            f"Where the browser gives it no storage, the page crashes: {crashes[0]}",
            (picture(recording, moment), message_log(recording)),
        )
