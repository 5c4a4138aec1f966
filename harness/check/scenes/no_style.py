"""A dark shop whose style arrives without a value, as from Firefox and Safari. Moment: loaded."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..stage import Stage


def play(stage: "Stage") -> None:
    stage.seller.withhold_style()
    stage.open("dark")
    stage.capture("loaded")
