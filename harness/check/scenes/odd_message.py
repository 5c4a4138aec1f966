"""All that the scenes of plan.CHANGES do to the message, at once. Moment: loaded.

It stands for each of them where the page takes the message as any other: see reaction.is_as_usual.
"""

from typing import TYPE_CHECKING

from . import other_values, sum_as_number, unknown_keys

if TYPE_CHECKING:
    from ..stage import Stage


def play(stage: "Stage") -> None:
    other_values.change(stage)
    sum_as_number.change(stage)  # also the other SUM
    unknown_keys.change(stage)
    stage.open()
    other_values.look(stage)
