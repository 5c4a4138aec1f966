"""The page runs text as code.

## What it does
Watches `eval`, `Function` and timers with a text instead of a function while the page loads and
takes the message; also reported is a Content-Security-Policy that allows them with `'unsafe-eval'`.
`Function("return this")`, by which libraries find the window, is not reported.

## Why it matters
A text that comes from the message, an address or a server becomes code that reads the card number.
A policy that allows it no longer protects the page against injected scripts.

## Example
```js
const params = eval("(" + data + ")");
```

## Use instead
Read data as data, and call functions by name.

```js
const params = JSON.parse(data);
```

## Fact
docs/page.md#scripts
"""

from collections.abc import Iterator

from ...finding import Breach, Exchange, Quote
from ...recording import Visit

SEVERITY = "warning"
SCENES = ("code",)
HARMLESS = ("return this", "return this;")


def judge(visit: Visit) -> Iterator[Breach]:
    found = [text for text in visit["code"].elements["code"] if text.strip() not in HARMLESS]
    if found:
        yield Breach("The page runs text as code.", tuple(Quote(text) for text in found[:3]))
    elif "'unsafe-eval'" in visit.document.headers.get("content-security-policy", ""):
        yield Breach(
            "The page's Content-Security-Policy allows to run text as code, by 'unsafe-eval'.",
            (Exchange(visit.document),),
        )
