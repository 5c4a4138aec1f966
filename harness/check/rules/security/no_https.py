"""What the buyer enters travels without https.

## What it does
Looks at the page's own address and at those that its forms are sent to. It is reported if one
begins with `http://` and is not on this machine.

## Why it matters
Anybody on the network can read the card number and change the page. Shops are served with https,
and there browsers refuse to show a page without it in a frame: the buyer sees nothing at all.

## Example
```html
<form action="http://pay.example/charge" method="post">
```

## Use instead
Serve the page with https, and send its forms to addresses with https.

```html
<form action="/charge" method="post">
```

## Fact
docs/page.md#https
"""

from collections.abc import Iterator

from ...finding import Breach, Exchange, Quote
from ...hosts import loopback
from ...recording import Visit

SEVERITY = "error"
SCENES = ("first_load",)


def judge(visit: Visit) -> Iterator[Breach]:
    if _plain(visit.document.url):
        yield Breach("The page itself comes without https.", (Exchange(visit.document),))
        return
    for address in visit["first_load"].elements["forms"]:
        if _plain(address):
            yield Breach(
                f"A form of the page is sent to {address} without https.", (Quote(address),)
            )


def _plain(url: str) -> bool:
    return url.startswith("http://") and not loopback(url)
