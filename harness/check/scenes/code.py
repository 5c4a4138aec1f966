"""Text that may become code: RETURN_URL is a script, and `eval` is watched.

`elements["return"]` is what would run the script; "script ran" is among the recording's `marks` if
something has. Nothing is clicked but what is named as a way back. `elements["code"]` is the text
that the page has run. `eval` is no longer the browser's own here and does not see the variables
around it, so nothing else can be judged in this scene.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from .foreign_return_url import SCRIPT as WAY_BACK

if TYPE_CHECKING:
    from ..stage import Stage

URL = "javascript:void(window.payframeRan=1)"
WATCH = Path(__file__).with_suffix(".js")


def play(stage: "Stage") -> None:
    stage.page.add_init_script(path=WATCH)
    stage.seller.tamper("message.BX_SYSTEM_PARAMS.RETURN_URL = argument", URL)
    stage.open()
    stage.keep("code", stage.seller.document.evaluate("() => window.payframeCode"))
    script = stage.load(WAY_BACK)
    stage.keep("return", script.call("following", URL))
    script.call("pressBack")
    stage.settle()
    if stage.seller.document.evaluate("() => window.payframeRan === 1"):
        stage.mark("script ran")
