"""RETURN_URL is a script. Moment: loaded.

`elements["return"]` is what would run it; "script ran" is among the recording's `times` if something
has. Nothing is clicked but what is named as a way back.
"""

from ..stage import Stage
from .foreign_return_url import BACK, FOLLOWING

URL = "javascript:void(window.payframeRan=1)"


def play(stage: Stage) -> None:
    stage.seller.tamper("message.BX_SYSTEM_PARAMS.RETURN_URL = argument", URL)
    stage.open()
    stage.capture("loaded")
    stage.find("return", FOLLOWING, URL)
    stage.seller.document.evaluate(BACK)
    stage.settle()
    if stage.seller.document.evaluate("() => window.payframeRan === 1"):
        stage.mark("script ran")
