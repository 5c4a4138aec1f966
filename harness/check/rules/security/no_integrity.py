"""The page runs a script of another site that may change at any time.

## What it does
Looks for scripts from another site than the page's own that have no `integrity`. The script of a
payment service is left out where its own frames in the page take the card: who breaks into that
site has the card numbers anyway.

## Why it matters
Whoever breaks into that site can read every card number that is typed into the page: most thefts
from payment pages have happened this way. PCI DSS 4.0 (6.4.3) asks to assure the integrity of each
script.

## Example
```html
<script src="https://cdn.example/mask.js"></script>
```

## Use instead
Serve the script from the page's own host, or say with `integrity` what it has to be. A payment
service's script that changes without notice cannot have it: load nothing else, and list it among
those that you watch.

```html
<script src="https://cdn.example/mask-2.1.js" integrity="sha384-…" crossorigin></script>
```

## Fact
docs/page.md#scripts
"""

import re
from collections.abc import Iterator

from ...fields import hosted_card_fields
from ...finding import Breach, Quote
from ...hosts import host, same_site
from ...recording import Visit

SEVERITY = "warning"
SCENES = ("first_load",)


def judge(visit: Visit) -> Iterator[Breach]:
    foreign = {
        url: html
        for html in visit["first_load"].elements["scripts"]
        if (url := _source(html)) and not same_site(url, visit.document.url)
    }
    takes_card = [field["page"] for field in hosted_card_fields(visit)]
    foreign = {
        url: html
        for url, html in foreign.items()
        if not any(same_site(url, page) for page in takes_card)
    }
    if foreign:
        hosts = ", ".join(sorted({host(url) for url in foreign}))
        yield Breach(
            f"The page runs scripts without integrity from {hosts}.",
            tuple(Quote(html) for html in foreign.values()),
        )


def _source(html: str) -> str | None:
    found = re.search(r"""\ssrc=["']?((?:https?:)?//[^"'\s>]+)""", html)
    return found and found[1]
