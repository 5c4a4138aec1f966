"""The page in a shop with colours and fonts of its own. Moment: loaded."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..stage import Stage


def play(stage: "Stage") -> None:
    stage.open("brand")
    stage.capture("loaded")
