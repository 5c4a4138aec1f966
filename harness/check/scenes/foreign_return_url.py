"""RETURN_URL is at an origin that is not the shop's.

`elements["return"]` is what leads there. Nothing is clicked but what is named as a way back; a page
that goes there leaves a request for it.
"""

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..stage import Stage

URL = "https://payframe-elsewhere.invalid/back"
SCRIPT = Path(__file__).with_suffix(".js")


def play(stage: "Stage") -> None:
    stage.seller.tamper("message.BX_SYSTEM_PARAMS.RETURN_URL = argument", URL)
    stage.open()
    script = stage.load(SCRIPT)
    stage.keep("return", script.call("following", URL))
    script.call("pressBack")
    stage.settle()
