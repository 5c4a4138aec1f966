"""SUM and the IDs are numbers, as older portals send them. Moment: loaded."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..stage import Stage


def play(stage: "Stage") -> None:
    change(stage)
    stage.open()
    stage.capture("loaded")


def change(stage: "Stage") -> None:
    """Let the page get another message."""
    stage.seller.tamper(
        "const params = message.BX_SYSTEM_PARAMS;"
        "for (const name of argument) params[name] = Number(params[name])",
        ["SUM", "PAYMENT_ID", "PAYSYSTEM_ID"],
    )
