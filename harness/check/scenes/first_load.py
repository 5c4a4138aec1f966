"""The page in a light shop, 800 px wide, is read once it is quiet. Moment: loaded.

`elements` holds "scripts" (the HTML of those from other hosts without integrity), "quirks" (one
text where the document has no doctype), "forms" (the addresses that forms are sent to), and as
JSON, one text each, "axe" (what axe-core finds) and "fields" (what the buyer writes into). The
recording's `bytes` are how much was loaded.
"""

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..stage import Stage

SCRIPT = Path(__file__).with_suffix(".js")


def play(stage: "Stage") -> None:
    # Loaded here: it reads axe, which rules that only name this scene do not need.
    from axe_playwright_python.base import AXE_SCRIPT

    stage.open()
    stage.capture("loaded")
    stage.measure_bytes()
    script = stage.load(SCRIPT)
    for name in ("scripts", "quirks", "forms", "fields"):
        stage.keep(name, script.call(name))
    script.call("hideAxe")
    stage.seller.document.evaluate(AXE_SCRIPT)
    stage.keep("axe", script.call("axe"))
