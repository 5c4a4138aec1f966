"""The page cannot be read in dark or branded shops.

## What it does
Shows the page in a dark shop, in a shop with colours of its own, and in a dark shop whose style
arrives without values, as from Firefox and Safari. It is reported if the contrast of a text, or of
a field to write into, is under 3:1 against what is behind it on the picture. Texts on pictures and
gradients, and what is disabled, are not judged.

## Why it matters
Buyers cannot read the amount or what a field is for, and leave. Merchants with a dark shop see it;
the developer with a light one never does.

## Example
```css
body { color: #1c2430; } /* and behind it: whatever the shop has */
```

## Use instead
Give colour and background together: both of your own, or both after the shop's style. Where the
background is the shop's, take its `colorScheme` too, or the browser paints the canvas white.

```js
const style = data.BX_COMPUTED_STYLE ?? {};
if (style.color) { // Firefox and Safari send none: keep your own colours
  document.documentElement.style.colorScheme = style.colorScheme;
  document.body.style.cssText = `color: ${style.color}; background: transparent`;
}
```

## Fact
docs/page.md#colours
"""

from collections.abc import Iterator

from ...contrast import contrasts
from ...finding import Breach, Quote, picture
from ...recording import Visit

SEVERITY = "error"
SCENES = ("dark", "brand", "no_style")
LEAST = 3.0
SHOPS = {
    "dark": "In a dark shop",
    "brand": "In a shop with colours of its own",
    "no_style": "In a dark shop, in a browser that sends no style",
}


def judge(visit: Visit) -> Iterator[Breach]:
    for scene in SCENES:
        recording = visit[scene]
        moment = recording.moments["loaded"]
        bad = [pair for pair in contrasts(moment) if pair[1] < LEAST]
        if not bad:
            continue
        text, ratio = min(bad, key=lambda pair: pair[1])
        more = f", and {len(bad) - 1} more" if len(bad) > 1 else ""
        yield Breach(
            f"{SHOPS[scene]} the contrast of “{text.text}” is {ratio:.1f}:1{more}.",
            (picture(recording, moment), Quote(text.html)),
        )
