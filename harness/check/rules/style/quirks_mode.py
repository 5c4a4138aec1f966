"""The page has no doctype.

## What it does
Asks the browser which mode it shows the page in. It is reported if it is the quirks mode, in which
browsers show what was written before 1999.

## Why it matters
Heights are measured differently there: `body` fills the frame and `scrollHeight` is another. Fonts
in tables, sizes of boxes and lines differ too, so the page looks like no other of its author.

## Example
```html
<html>
<head>...</head>
```

## Use instead
Let the document begin with a doctype, before anything else is sent.

```html
<!doctype html>
<html lang="en">
```

## Fact
docs/page.md#the-doctype
"""

from collections.abc import Iterator

from ...finding import Breach, picture
from ...recording import Visit

SEVERITY = "warning"
SCENES = ("first_load",)


def judge(visit: Visit) -> Iterator[Breach]:
    recording = visit["first_load"]
    if recording.elements["quirks"]:
        yield Breach(
            "The document does not begin with a doctype; the browser shows it in quirks mode.",
            (picture(recording, recording.moments["loaded"]),),
        )
