"""The page in a dark shop; then its frame loads it a second time. Moments: loaded, second.

The shop posts again then. So it happens in every frame that navigates, and where a buyer reloads
it. "second" in the recording's `marks` is when the second load began.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..stage import Stage


def play(stage: "Stage") -> None:
    stage.open("dark")
    stage.capture("loaded")
    stage.mark("second")
    stage.seller.reload_frame()
    stage.settle()
    stage.capture("second")
