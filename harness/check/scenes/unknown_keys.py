"""The message carries keys that no page knows, some of them null. Moment: loaded."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..stage import Stage


UNKNOWN = {"BX_NEW": {"A": [1, {"B": None}]}, "nothing": None, "0": "zero"}


def play(stage: "Stage") -> None:
    change(stage)
    stage.open()
    stage.capture("loaded")


def change(stage: "Stage") -> None:
    """Let the page get another message."""
    stage.seller.tamper(
        "Object.assign(message, argument);Object.assign(message.BX_SYSTEM_PARAMS, argument)",
        UNKNOWN,
    )
