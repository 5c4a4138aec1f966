"""The page is heavy.

## What it does
Adds up what the page loads until it is quiet, as it is sent: compressed, without headers. It is
reported if that is more than 500 kB.

## Why it matters
The frame begins to load only when the shop's page is there already. On a phone in a train 500 kB
take 3 seconds and more, in which the buyer who wants to pay sees a blank space.

## Example
```html
<script src="everything.js"></script> <!-- 2 MB, not compressed -->
```

## Use instead
Compress what is sent, and load only what a payment needs: no framework for one form, no web font,
no picture larger than it is shown.

```http
Content-Encoding: br
```

## Fact
docs/page.md#weight
"""

from collections.abc import Iterator

from ...finding import Breach, Exchange
from ...recording import Visit

SEVERITY = "warning"
SCENES = ("first_load",)
MOST = 500_000
"""Bytes."""


def judge(visit: Visit) -> Iterator[Breach]:
    recording = visit["first_load"]
    if recording.bytes > MOST:
        yield Breach(
            f"The page loads {recording.bytes / 1000:.0f} kB.",
            tuple(Exchange(request) for request in recording.requests[:10]),
        )
