"""The frame loads its page a second time, and the shop posts again. Moments: first, second.

So it happens in every frame that navigates, and where a buyer reloads it. "second" in the
recording's `times` is when the second load began.
"""

from ..stage import Stage


def play(stage: Stage) -> None:
    stage.open()
    stage.capture("first")
    stage.mark("second")
    stage.seller.reload_frame()
    stage.settle()
    stage.capture("second")
