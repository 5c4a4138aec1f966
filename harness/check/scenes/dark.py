"""The page in a dark shop. Moment: loaded."""

from ..stage import Stage


def play(stage: Stage) -> None:
    stage.open("dark")
    stage.capture("loaded")
