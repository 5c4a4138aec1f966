"""The shop's message comes only when the page has long been quiet. Moments: before, after.

"spoken" in the recording's `times` is when it was posted.
"""

from ..stage import Stage


def play(stage: Stage) -> None:
    stage.seller.silence()
    stage.open()
    stage.capture("before")
    stage.mark("spoken")
    stage.seller.speak()
    stage.settle()
    stage.capture("after")
