"""The page crashes on messages that are not the shop's handshake.

## What it does
Posts to the page what extensions, analytics and development tools post to any window: null, a
number, a text, objects of other shapes; then a handshake from a window of another origin. It is
reported if the page crashes on any of them, or shows another text after the former.

## Why it matters
Buyers have browser extensions, shops have other scripts. Their messages fill the page's log with
errors, hide the real ones, and stop whatever the page was doing.

## Example
```js
addEventListener("message", ({ data }) => {
  if (data.BX_SYSTEM_PARAMS) start(data); // null has no properties
});
```

## Use instead
Ignore everything that is not from `parent` or has no `BX_SYSTEM_PARAMS`.

```js
addEventListener("message", ({ data, source }) => {
  if (source !== parent || !data?.BX_SYSTEM_PARAMS) return;
  start(data);
});
```

## Fact
docs/frame.md#other-messages
"""

import re
from collections.abc import Iterator

from ...finding import Breach, message_log, picture
from ...recording import Visit

SEVERITY = "warning"
SCENES = ("first_load", "messages")
FIGURES = re.compile(r"[\d.,:]+")
"""A clock or a count-down may go on."""


def judge(visit: Visit) -> Iterator[Breach]:
    recording = visit["messages"]
    began = recording.marks["junk"]
    loaded, junk = recording.moments["after"], recording.moments["junk"]
    evidence = (picture(recording, junk), message_log(recording))
    if new := visit.new_errors("messages", began):
        yield Breach(f"On a message that is no handshake the page crashes: {new[0]}.", evidence)
    elif FIGURES.sub("", loaded.text) != FIGURES.sub("", junk.text):
        yield Breach(
            "After messages that are no handshake the page shows another text than before.",
            (picture(recording, loaded), *evidence),
        )
