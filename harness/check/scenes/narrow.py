"""A phone: 360 px, turned on its side to 700 px and back, then the smallest one.

Moments: upright, turned, back, smallest (320 px).

From 720 px on the shop's summary is beside the frame, which would hardly become wider.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..stage import Stage


def play(stage: "Stage") -> None:
    stage.open(width=360)
    stage.capture("upright")
    for name, width in (("turned", 700), ("back", 360), ("smallest", 320)):
        stage.seller.resize(width)
        stage.settle()
        stage.capture(name)
