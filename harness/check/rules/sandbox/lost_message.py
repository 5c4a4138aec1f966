"""The frame goes to another page, and the shop's message is lost.

## What it does
Follows the frame while it loads and nobody clicks. It is reported if the frame goes on to a page
that does not listen, or to another origin than ACTION_URI's, where the browser drops the message,
and no page on the way has had it. A page that has had the message may lead wherever it likes.

## Why it matters
The page that the buyer sees knows nothing of the payment. The shop also ignores the sizes
from another host, and the frame stays 350 px high.

## Example
```js
if (location.protocol === "http:") location.protocol = "https:";
if (!location.hostname.startsWith("www.")) location.hostname = `www.${location.hostname}`;
```

## Use instead
Give the address of the page that listens as ACTION_URI, with the very scheme, host and port to
which your server would redirect.

```json
{ "IFRAME_DATA": { "ACTION_URI": "https://www.pay.example/frame" } }
```

## Fact
docs/frame.md#the-message
"""

from collections.abc import Iterator
from itertools import pairwise

from ...finding import Breach, message_log, picture
from ...recording import Visit

SEVERITY = "error"
SCENES = ("first_load",)


def judge(visit: Visit) -> Iterator[Breach]:
    recording = visit["first_load"]
    listened = [
        time for kind in ("listener", "late listener") for time in recording.times.get(kind, [])
    ]
    posted = [message.time for message in recording.handshakes]
    documents = [*recording.times["document"], float("inf")]
    listening = [_within(listened, *span) for span in pairwise(documents)]
    received = [_within(posted, *span) for span in pairwise(documents)]
    if any(map(all, zip(listening, received, strict=True))):
        return
    evidence = (message_log(recording), picture(recording, recording.moments["loaded"]))
    last = recording.documents[-1]
    if visit.strayed:
        yield Breach(
            f"The frame ends at {last}, another origin than ACTION_URI's; the shop's message does "
            "not get there.",
            evidence,
        )
    elif any(listening) and not listening[-1]:
        yield Breach(
            f"The frame goes on to {last} before the shop's message has come, and nobody listens "
            "there.",
            evidence,
        )


def _within(times: list[float], begin: float, end: float) -> bool:
    return any(begin <= time < end for time in times)
