"""The page in a light shop, 800 px wide, is read by axe-core once it is quiet.

`elements["axe"]` is what it finds, each as JSON.
"""

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..stage import Stage

SCRIPT = Path(__file__).with_suffix(".js")


def play(stage: "Stage") -> None:
    # Loaded here: it reads axe, which rules that only name this scene do not need.
    from axe_playwright_python.base import AXE_SCRIPT

    stage.go_on()
    script = stage.load(SCRIPT)
    script.call("hide")
    stage.seller.document.evaluate(AXE_SCRIPT)
    stage.keep("axe", script.call("run"))
