"""300 px of content come and go again, then the frame gets 200 px more than the page asked for.

Moments: loaded, grown, shrunk, taller. The content is put at the end of the page's main part:
where a real page would show a message. "taller" in the recording's `marks` is when the frame was
made taller, as if the page had asked for it.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..stage import Stage


GROW = """() => {
  const block = document.createElement("div");
  block.id = "payframe-block";
  block.textContent = "More";
  block.style.cssText = "display: block; height: 300px; border: 1px solid";
  (document.querySelector("main, [role=main], form") ?? document.body).append(block);
}"""
SHRINK = "() => document.getElementById('payframe-block')?.remove()"
STRETCH = """(frame) => {
  frame.style.height = `${frame.offsetHeight + 200}px`;
}"""


def play(stage: "Stage") -> None:
    stage.open()
    stage.capture("loaded")
    stage.seller.document.evaluate(GROW)
    stage.settle()
    stage.capture("grown")
    stage.seller.document.evaluate(SHRINK)
    stage.settle()
    stage.capture("shrunk")
    stage.mark("taller")
    stage.seller.iframe.evaluate(STRETCH)
    stage.settle()
    stage.capture("taller")
