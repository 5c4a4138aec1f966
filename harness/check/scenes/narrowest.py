"""The smallest phone, a window of 320 px. Moment: loaded."""

from ..stage import Stage


def play(stage: Stage) -> None:
    stage.open(width=320)
    stage.capture("loaded")
