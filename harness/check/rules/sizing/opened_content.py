"""What the buyer opens does not fit into the frame.

## What it does
Opens what can be opened without paying, one after the other, the first eight: `summary`, buttons
with `aria-expanded` or `aria-haspopup`, tabs, other radio buttons, and another option of each list.
It is reported if the frame then cuts something off, or if more than 24 px stay blank below the
content. A button that sends a form, or whose name may mean a payment, is never pressed.

## Why it matters
The buyer opens the list of banks and sees two of them; or chooses another way to pay and does not
get to see its button.

## Example
```css
.banks { position: absolute; } /* adds nothing to the height of main */
```

## Use instead
Let what opens have its place in the flow of the content, and observe the content's box; or count
what lies above the content into the height that you post.

```js
function tell() {
  const ends = [main, ...document.querySelectorAll(".banks:not([hidden])")]
    .map((part) => part.getBoundingClientRect().bottom + scrollY);
  parent.postMessage({ height: Math.ceil(Math.max(...ends)) }, "*");
}
```

## Fact
docs/frame.md#sizes
"""

from collections.abc import Iterator

from ...finding import Breach, Quote, message_log, picture
from ...fit import blank, hidden, ignored_sizes, misfit, runs_away, stays_high
from ...recording import Visit

SEVERITY = "error"
SCENES = ("first_load", "changing_height", "controls")


def judge(visit: Visit) -> Iterator[Breach]:
    first, recording = visit["first_load"], visit["controls"]
    if (
        not first.sizes
        or ignored_sizes(visit, "first_load")
        or misfit(first.moments["loaded"])
        or runs_away(visit)
    ):
        return  # other rules report these
    for opening in recording.openings:
        moment = recording.moments[opening.moment]
        wrong = hidden(moment)
        if not wrong and opening.cut:
            wrong = "Something is cut off at an edge and cannot be scrolled to."
        if not wrong and not stays_high(visit):
            wrong = blank(moment)
        if wrong:
            yield Breach(
                f"When the buyer opens or chooses “{opening.name}”: {wrong}",
                (
                    picture(recording, moment),
                    Quote(opening.element),
                    *map(Quote, opening.cut[:3]),
                    message_log(recording),
                ),
            )
            return
