"""The page needs many requests.

## What it does
Counts what the page requests until it is quiet. It is reported if there are more than 50.

## Why it matters
Each request is a way to the server and back, on a phone 100 ms and more; many of them wait for
others. The buyer waits for the field to type in.

## Example
```js
for (const name of icons) fetch(`/icons/${name}.svg`);
```

## Use instead
Put what belongs together into one file, and load what is needed later when it is needed.

```html
<svg><use href="icons.svg#card"></use></svg>
```

## Fact
docs/page.md#weight
"""

from collections.abc import Iterator

from ...finding import Breach, Exchange
from ...recording import Visit

SEVERITY = "warning"
SCENES = ("first_load",)
MOST = 50


def judge(visit: Visit) -> Iterator[Breach]:
    requests = visit["first_load"].requests
    if len(requests) > MOST:
        hosts = len({request.url.split("/")[2] for request in requests if "//" in request.url})
        yield Breach(
            f"The page makes {len(requests)} requests to {hosts} hosts.",
            tuple(Exchange(request) for request in requests[:10]),
        )
