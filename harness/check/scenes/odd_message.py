"""All that the scenes of plan.CHANGES do to the message, at once. Moment: loaded.

It stands for each of them where the page takes the message as any other: see reaction.is_as_usual.
"""

from typing import TYPE_CHECKING

from . import sum_as_number, unknown_keys

if TYPE_CHECKING:
    from ..stage import Stage


def play(stage: "Stage") -> None:
    sum_as_number.change(stage)
    unknown_keys.change(stage)
    stage.open()
    stage.capture("loaded")
