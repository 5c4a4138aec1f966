"""A phone: 360 px, turned on its side to 740 px and back. Moments: upright, turned, back."""

from ..stage import Stage


def play(stage: Stage) -> None:
    stage.open(width=360)
    stage.capture("upright")
    for name, width in (("turned", 740), ("back", 360)):
        stage.seller.resize(width)
        stage.settle()
        stage.capture(name)
