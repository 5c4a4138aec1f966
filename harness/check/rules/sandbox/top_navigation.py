"""The page takes the buyer away from the shop without being asked.

## What it does
Loads the page and touches nothing. It is reported if the page then leads the whole window to
another address. The shop allows that, and so it is to happen on the buyer's click alone.

## Why it matters
The buyer has just opened the payment page, and is somewhere else. With the Back button the same
happens again; other ways to pay, and the order, are out of reach.

## Example
```js
addEventListener("message", () => { top.location.href = "https://pay.example/"; });
```

## Use instead
Show a button that says where it leads.

```html
<a href="https://pay.example/" target="_top">Go on to Example Pay</a>
```

## Fact
docs/frame.md#the-sandbox
"""

from collections.abc import Iterator

from ...finding import Breach, message_log
from ...recording import Visit

SEVERITY = "error"
SCENES = ("first_load",)
EVEN_IF_NOT_SHOWN = True


def judge(visit: Visit) -> Iterator[Breach]:
    recording = visit["first_load"]
    if recording.left:
        yield Breach(
            f"Nobody has clicked, and the page has led the whole window to {recording.left}.",
            (message_log(recording),),
        )
