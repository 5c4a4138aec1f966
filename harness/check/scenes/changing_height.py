"""Content comes and goes again, then the frame gets more height than the page asked for.

Moments: loaded, grown, shrunk, taller. The content is put at the end of the page's main part:
where a real page would show a message. "taller" in the recording's `marks` is when the frame was
made taller, as if the page had asked for it.
"""

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..stage import Stage

SCRIPT = Path(__file__).with_suffix(".js")
CONTENT = 300
"""CSS px."""
STRETCH = """(frame) => {
  frame.style.height = `${frame.offsetHeight + 200}px`;
}"""


def play(stage: "Stage") -> None:
    stage.open()
    stage.capture("loaded")
    script = stage.load(SCRIPT)
    script.call("grow", CONTENT)
    stage.settle()
    stage.capture("grown")
    script.call("shrink")
    stage.settle()
    stage.capture("shrunk")
    stage.mark("taller")
    stage.seller.iframe.evaluate(STRETCH)
    stage.settle()
    stage.capture("taller")
