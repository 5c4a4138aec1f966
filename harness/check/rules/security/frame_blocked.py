"""The page's own headers keep it out of the shop's frame.

## What it does
Looks for an `X-Frame-Options`, or a `frame-ancestors` in the Content-Security-Policy, on which the
browser refuses to show the page. The shop of the check is at `http://localhost`, so a policy
that names only other shops is reported too, and no other rule can then judge the page: check it
with a policy that allows `http://localhost:*`.

## Why it matters
The buyer sees the browser's error in place of the payment, and cannot pay at all.

## Example
```http
X-Frame-Options: SAMEORIGIN
```

## Use instead
Send no `X-Frame-Options`; name the shops that may show the page in `frame-ancestors`.

```http
Content-Security-Policy: frame-ancestors https://shop.example
```

## Fact
docs/frame.md#headers
"""

from collections.abc import Iterator

from ...finding import Breach, Exchange
from ...recording import Visit

SEVERITY = "error"
SCENES = ("first_load",)
EVEN_IF_NOT_SHOWN = True
SIGNS = ("x-frame-options", "frame-ancestors")
"""What the browser names on its console when it refuses."""


def judge(visit: Visit) -> Iterator[Breach]:
    recording = visit["first_load"]
    if recording.shown:
        return
    said = [
        line.text
        for line in recording.console
        if line.type == "error" and any(sign in line.text.lower() for sign in SIGNS)
    ]
    if not said:
        return
    document = next((request for request in recording.requests if request.type == "document"), None)
    yield Breach(
        f"The browser does not show the page in the shop's frame: {said[0]}",
        (Exchange(document or visit.document),),
    )
