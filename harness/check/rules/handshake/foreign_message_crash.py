"""The page crashes on messages that are not the shop's handshake.

## What it does
Posts to the page what extensions, analytics and development tools post to any window: null, a
number, a text, objects of other shapes, before the shop's message and after it; then a handshake
from a window of another origin. It is reported if the page crashes on any of them, or shows another
text after the former. A page that then overlooks the shop's message is the matter of
handshake/first-message-used-up.

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
from ...reaction import COMPARED, used_up
from ...recording import Visit

SEVERITY = "warning"
SCENES = COMPARED
FIGURES = re.compile(r"[\d.,:]+")
"""A clock or a count-down may go on."""


PAIRS = (("before", "noise"), ("after", "junk"))
"""Moments before and after such messages."""


def judge(visit: Visit) -> Iterator[Breach]:
    recording = visit["messages"]
    noise, posted, junk = (recording.marks[name] for name in ("noise", "posted", "junk"))
    heard_first = not used_up(visit)
    new = visit.new_errors("messages", junk)
    if heard_first:
        new = visit.new_errors("messages", noise, posted) + new
    if new:
        evidence = (picture(recording, recording.moments["junk"]), message_log(recording))
        yield Breach(f"On a message that is no handshake the page crashes: {new[0]}.", evidence)
        return
    for names in PAIRS if heard_first else PAIRS[1:]:
        before, after = (recording.moments[name] for name in names)
        if FIGURES.sub("", before.text) != FIGURES.sub("", after.text):
            yield Breach(
                "After messages that are no handshake the page shows another text than before.",
                (picture(recording, before), picture(recording, after), message_log(recording)),
            )
            return
