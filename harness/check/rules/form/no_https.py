"""The form is sent without https.

## What it does
Looks at ACTION_URI and at the page that opens. It is reported where one begins with http:// and is
not of this machine.

## Why it matters
Whoever is between the two can read the buyer's order, and write another page; browsers warn of such
a form.

## Example
```toml
ACTION_URI = "http://pay.example.com/form"
```

## Use instead
Use https.

```toml
ACTION_URI = "https://pay.example.com/form"
```

## Fact
docs/form.md#https
"""

from collections.abc import Iterator

from ...finding import Breach, seen
from ...form.visit import FormVisit
from ...hosts import insecure

SEVERITY = "error"
SCENES = ("sent",)


def judge(visit: FormVisit) -> Iterator[Breach]:
    window = visit["sent"].windows["desktop"]
    for url in dict.fromkeys([visit.url, *window.visited]):
        if insecure(url):
            yield Breach(f"{url} is reached without https.", (seen(window, "sent"),))
