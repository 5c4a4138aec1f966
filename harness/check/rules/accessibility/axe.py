"""The page breaks a rule of WCAG 2.2, level A or AA.

## What it does
Runs axe-core in the page, with its rules for WCAG 2.2 A and AA. Each of its rules that the page
breaks is a finding of its own, with axe's name for it. What is in frames inside the page is not
judged.

## Why it matters
Buyers with a screen reader, with poor sight or without a mouse cannot pay. The law of
the European Union asks shops for it (European Accessibility Act).

## Example
```html
<input name="number" placeholder="Card number">
```

## Use instead
Do what axe says of the element; its page on the rule says why and shows how. Mostly it is a label,
a language, a name of a button, or more contrast.

```html
<label>Card number <input name="number" autocomplete="cc-number"></label>
```

## Fact
docs/page.md#assistive-technology
"""

import json
from collections.abc import Iterator

from ...finding import Breach, Quote
from ...recording import Visit

SEVERITY = "error"
SCENES = ("axe",)


def judge(visit: Visit) -> Iterator[Breach]:
    for found in map(json.loads, visit["axe"].elements["axe"]):
        count = f" ({found['count']} times)" if found["count"] > 1 else ""
        yield Breach(
            f"{found['help']}{count}: axe {found['id']}, {found['impact']}. {found['helpUrl']}",
            tuple(Quote(html) for html in found["nodes"]),
        )
