"""Opens what a buyer can open in a page without paying, one after the other."""

import time
from pathlib import Path
from typing import TYPE_CHECKING

from ..browser.seller_page import NoFrameError
from .paying import MAY_PAY
from .recording import Opening
from .stage import without_trace

if TYPE_CHECKING:
    from .stage import Stage

SCRIPT = Path(__file__).with_suffix(".js")
MOST_OPENED = 8
LONGEST = 10.0
"""Seconds after which nothing more is opened, in a page that takes long with each."""
IN_SIGHT = """(frame) => {
  const { top, bottom } = frame.getBoundingClientRect();
  return [Math.max(0, -top), Math.min(bottom, innerHeight) - top];
}"""


def open_all(stage: "Stage") -> None:
    """Open at most MOST_OPENED things in the page's order, and keep each as an Opening.

    What leads away ends it, and so does the time.
    """
    end = time.monotonic() + LONGEST
    documents = len(stage.recording.documents)
    script = stage.load(SCRIPT)
    script.call("start", MAY_PAY)
    for number in range(1, MOST_OPENED + 1):
        found = script.call("next")
        if found is None or time.monotonic() > end:
            return
        script.call("press")
        try:
            stage.settle()
        except NoFrameError:
            return
        if len(stage.recording.documents) > documents:
            return
        if script.call("rest"):
            stage.settle()
        outcome = script.call("outcome")
        in_sight = stage.seller.iframe.evaluate(IN_SIGHT)
        stage.recording.openings.append(
            Opening(
                name=found["name"],
                element=without_trace(found["html"]),
                moment=stage.capture(f"opened {number}").name,
                cut=tuple(map(without_trace, outcome["cut"])),
                dialog=outcome["dialog"] and tuple(outcome["dialog"]),
                in_sight=tuple(in_sight),
            )
        )
        if script.call("staysOpen"):
            stage.page.keyboard.press("Escape")
