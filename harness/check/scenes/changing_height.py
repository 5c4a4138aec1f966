"""Content comes and goes, the frame gets more height than asked for, and is narrow for a moment.

Moments: loaded, grown, shrunk, taller. The content is put at the end of the page's main part:
where a real page would show a message. "taller" in the recording's `marks` is when the frame was
made taller, as if the page had asked for it, and has then its height again. "passing" is when it
began to become narrow, another width with each animation frame, and "passed" when it had been wide
again for long. "passed" is missing where the browser was so slow that a width has lasted.
"""

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..stage import FrameScript, Stage

SCRIPT = Path(__file__).with_suffix(".js")
CONTENT = 300
"""CSS px."""
STRETCH = """(frame) => {
  frame.style.height = `${frame.offsetHeight + 200}px`;
}"""

NARROWEST = 200
"""CSS px, about half of what the frame has."""
TRIES = 4
"""Until no width has lasted: others may still be busy for a moment."""
NARROW_FOR_A_MOMENT = """async (frame, narrowest) => {
  const { width } = frame.style;
  const wide = frame.offsetWidth;
  for (const share of [0.6, 0.3, 0, 0.2, 0.5, 0.8]) {
    await new Promise(requestAnimationFrame);
    frame.style.width = `${narrowest + share * (wide - narrowest)}px`;
  }
  await new Promise(requestAnimationFrame);
  frame.style.width = width;
}"""


def play(stage: "Stage") -> None:
    stage.go_on()
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
    with stage.alone():
        make_narrow_for_a_moment(stage, script)


def make_narrow_for_a_moment(stage: "Stage", script: "FrameScript") -> None:
    height = stage.recording.moments["shrunk"].frame.height
    stage.seller.iframe.evaluate(
        "(frame, height) => { frame.style.height = height }", f"{height}px"
    )
    stage.settle()
    for _ in range(TRIES):
        script.call("watchWidths")
        stage.mark("passing")
        stage.seller.iframe.evaluate(NARROW_FOR_A_MOMENT, NARROWEST)
        stage.settle()
        if script.call("widthHasPassed"):
            stage.mark("passed")
            return
