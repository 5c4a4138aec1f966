"""The page in a light shop, 800 px wide, and nothing else. Moment: loaded."""

from ..stage import Stage


def play(stage: Stage) -> None:
    stage.open()
    stage.capture("loaded")
