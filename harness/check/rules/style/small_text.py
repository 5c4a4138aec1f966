"""Text is too small.

## What it does
Measures the size of all text that is shown, in a window of 800 px and on a phone of 360 px. It is
reported if any is smaller than 12 px.

## Why it matters
Buyers on phones cannot read it without zooming, and a frame inside a page is hard to zoom. What is
small on payment pages is the fee, the terms and what went wrong.

## Example
```css
small { font-size: 10px; }
```

## Use instead
Use 16 px for text and fields, and nothing under 12 px. An iPhone zooms the shop's whole
page into a field under 16 px.

```css
body { font-size: 16px; }
small { font-size: 14px; }
```

## Fact
docs/page.md#text
"""

from collections.abc import Iterator

from ...finding import Breach, Quote, picture
from ...recording import Visit

SEVERITY = "warning"
SCENES = ("first_load", "narrow")
LEAST = 12.0
"""CSS px."""


def judge(visit: Visit) -> Iterator[Breach]:
    for scene in SCENES:
        recording = visit[scene]
        for moment in recording.moments.values():
            small = [text for text in moment.looks.texts if text.size < LEAST]
            if not small:
                continue
            text = min(small, key=lambda text: text.size)
            more = f", and {len(small) - 1} more are under 12 px" if len(small) > 1 else ""
            yield Breach(
                f"“{text.text}” is {text.size:g} px high{more}.",
                (picture(recording, moment), Quote(text.html)),
            )
            return
