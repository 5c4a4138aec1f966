"""The page leads to whatever BX_RETURN_URL says.

## What it does
Sends the form with a BX_RETURN_URL of nobody's site, and with one that is a script. It is reported
if the page goes there, or links to it.

## Why it matters
A form on any site can lead a buyer over your domain to a copy of the shop, or run a script in your
page.

## Example
```html
<a href="{{ form.BX_RETURN_URL }}">Back to the shop</a>
```

## Use instead
Compare its origin with those of the shops that you know, and leave it out where it is none of them.

```html
back = form["BX_RETURN_URL"] if origin(form["BX_RETURN_URL"]) in SHOPS else None
```

## Fact
docs/form.md#the-way-back
"""

from collections.abc import Iterator

from ...finding import Breach, seen
from ...form.visit import FormVisit
from ...window import FOREIGN

SEVERITY = "error"
SCENES = ("foreign_return",)


def judge(visit: FormVisit) -> Iterator[Breach]:
    for name, window in visit["foreign_return"].windows.items():
        addresses = (window.url, *window.visited, *window.links)
        if any(is_foreign(address) for address in addresses):
            yield Breach(f"The page leads to {name} in BX_RETURN_URL.", (seen(window, name),))


def is_foreign(address: str) -> bool:
    return address.startswith(FOREIGN) or address.strip().lower().startswith("javascript:alert")
