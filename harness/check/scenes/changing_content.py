"""300 px of content come and go again. Moments: loaded, grown, shrunk.

They are put at the end of the page's main part: where a real page would show a message.
"""

from ..stage import Stage

GROW = """() => {
  const block = document.createElement("div");
  block.id = "payframe-block";
  block.textContent = "More";
  block.style.cssText = "display: block; height: 300px; border: 1px solid";
  (document.querySelector("main, [role=main], form") ?? document.body).append(block);
}"""


def play(stage: Stage) -> None:
    stage.open()
    stage.capture("loaded")
    document = stage.seller.document
    document.evaluate(GROW)
    stage.settle()
    stage.capture("grown")
    document.evaluate("() => document.getElementById('payframe-block')?.remove()")
    stage.settle()
    stage.capture("shrunk")
