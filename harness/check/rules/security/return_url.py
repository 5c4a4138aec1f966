"""The page follows RETURN_URL wherever it leads.

## What it does
Sends a RETURN_URL that is a script, then one at an origin that is not the shop's. It is reported if
the script runs or is in a link, form or handler, or if the page goes to the other origin or
leads there. Nothing is clicked but a button that is named as a way back.

## Why it matters
A script in RETURN_URL runs with all that the page may do: it reads the card number as it is typed.
A foreign address sends buyers who have just paid to a page that looks like the shop and asks again.

## Example
```js
back.href = params.RETURN_URL;
```

## Use instead
Follow RETURN_URL only if it is an address at the origin that the message came from.

```js
const url = URL.parse(params.RETURN_URL);
if (url?.origin === event.origin) back.href = url;
```

## Fact
docs/page.md#the-way-back
"""

from collections.abc import Iterator

from ...finding import Breach, Exchange, Quote, message_log
from ...recording import Visit
from ...scenes.foreign_return_url import URL

SEVERITY = "error"
SCENES = ("code", "foreign_return_url")
EVEN_IF_NOT_SHOWN = True
"""A page that goes there at once takes the shop's page along, and the scene has no end."""


def judge(visit: Visit) -> Iterator[Breach]:
    recording = visit["code"]
    elements = tuple(Quote(html) for html in recording.elements.get("return", []))
    if "script ran" in recording.marks:
        yield Breach(
            "A script in RETURN_URL runs in the page.", (*elements, message_log(recording))
        )
    elif elements:
        yield Breach("The page leads to a RETURN_URL that is a script.", elements)
    recording = visit["foreign_return_url"]
    elements = tuple(Quote(html) for html in recording.elements.get("return", []))
    gone = next((request for request in recording.requests if request.url == URL), None)
    if gone:
        yield Breach("The page goes to a RETURN_URL that is not the shop's.", (Exchange(gone),))
    elif elements:
        yield Breach("The page leads to a RETURN_URL that is not the shop's.", elements)
