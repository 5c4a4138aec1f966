"""A dialog opens where the buyer does not see it.

## What it does
Opens what can be opened without paying, as sizing/opened-content does. It is reported if something
comes that is fixed in the frame, and less than half of it lies in the part of the frame that the
shop's window shows.

## Why it matters
The frame is as high as its content, and so `position: fixed` and `dialog` are centred in all of it
and not in the window. The buyer presses a button, and nothing seems to happen.

## Example
```css
.dialog { position: fixed; top: 50%; } /* of a frame that is 1600 px high */
```

## Use instead
Show what opens beside the button that has opened it.

```js
button.addEventListener("click", () => {
  dialog.style.top = `${button.getBoundingClientRect().bottom}px`;
  dialog.show();
});
```

## Fact
docs/frame.md#sizes
"""

from collections.abc import Iterator

from ...finding import Breach, Quote, message_log, picture
from ...recording import Visit

SEVERITY = "error"
SCENES = ("controls",)


def judge(visit: Visit) -> Iterator[Breach]:
    recording = visit["controls"]
    for opening in recording.openings:
        if not opening.dialog:
            continue
        (top, bottom), (window_top, window_bottom) = opening.dialog, opening.in_sight
        high = recording.moments[opening.moment].viewport.height
        top, bottom = max(top, 0), min(bottom, high)  # sizing/opened-content reports what is beyond
        seen = min(bottom, window_bottom) - max(top, window_top)
        if seen < min(bottom - top, window_bottom - window_top) / 2:
            yield Breach(
                f"What opens with “{opening.name}” begins {top:.0f} px below the frame's top and "
                f"ends at {bottom:.0f} px; the window shows the frame from {window_top:.0f} to "
                f"{window_bottom:.0f} px.",
                (
                    picture(recording, recording.moments[opening.moment]),
                    Quote(opening.element),
                    message_log(recording),
                ),
            )
            return
