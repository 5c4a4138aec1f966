"""The page loads from addresses without https.

## What it does
Looks for everything that the page loads from an `http://` address that is not on this machine. The
page's own host does not count where the page itself has no https; see security/no-https.

## Why it matters
Shops are served with https, and there browsers load none of it: the script or the logo is missing.
Where they do load it, anybody on the buyer's network can change what is loaded.

## Example
```html
<script src="http://cdn.example/pay.js"></script>
```

## Use instead
Load everything with https, or from the page's own host with an address that names none.

```html
<script src="pay.js"></script>
```

## Fact
docs/page.md#https
"""

from collections.abc import Iterator

from ...finding import Breach, Exchange
from ...hosts import host, loopback
from ...recording import Visit

SEVERITY = "error"
SCENES = ("first_load",)


def judge(visit: Visit) -> Iterator[Breach]:
    own = host(visit.document.url) if visit.document.url.startswith("http://") else None
    found = [
        request
        for request in visit["first_load"].requests
        if request.url.startswith(("http://", "ws://"))
        and request.type != "document"
        and not loopback(request.url)
        and host(request.url) != own
    ]
    if found:
        more = f", and {len(found) - 1} more" if len(found) > 1 else ""
        yield Breach(
            f"The page loads {found[0].url} without https{more}.",
            tuple(Exchange(request) for request in found[:3]),
        )
