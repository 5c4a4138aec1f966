"""The page fails in Firefox and Safari, where the shop's style is empty.

## What it does
Lets the shop send `BX_COMPUTED_STYLE` as these browsers make it: names of properties under numbers,
and no value. It is reported if the page then crashes or does nothing with the message, and does not
so where the values come. How it looks without them is not judged here.

## Why it matters
Buyers with Firefox or Safari see a page that does not work.

## Example
```js
const [red, green, blue] = data.BX_COMPUTED_STYLE.color.match(/\\d+/g);
```

## Use instead
Take every value of the style as one that may be missing, and have colours of your own.

```js
const { color } = data.BX_COMPUTED_STYLE ?? {};
if (color) document.body.style.color = color;
```

## Fact
docs/frame.md#the-style
"""

from collections.abc import Iterator

from ...finding import Breach
from ...reaction import COMPARED, failing
from ...recording import Visit

SEVERITY = "error"
SCENES = (*COMPARED, "no_style")


def judge(visit: Visit) -> Iterator[Breach]:
    yield from failing(visit, "no_style", "With the style of Firefox and Safari the page")
