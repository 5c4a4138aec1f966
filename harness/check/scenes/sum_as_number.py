"""SUM is a number and the IDs are strings, as some shops send them. Moment: loaded."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..stage import Stage


def play(stage: "Stage") -> None:
    stage.seller.tamper(
        "const s = message.BX_SYSTEM_PARAMS;"
        "s.SUM = Number(s.SUM);"
        "s.PAYMENT_ID = String(s.PAYMENT_ID); s.PAYSYSTEM_ID = String(s.PAYSYSTEM_ID)"
    )
    stage.open()
    stage.capture("loaded")
