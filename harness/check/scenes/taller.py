"""The frame gets 200 px more than the page has asked for, as if it had. Moments: loaded, taller.

"taller" in the recording's `times` is when.
"""

from ..stage import Stage

ADDED = 200
STRETCH = """([frame, added]) => {
  const { style, offsetHeight } = document.querySelector(frame);
  style.height = `${offsetHeight + added}px`;
}"""


def play(stage: Stage) -> None:
    stage.open()
    stage.capture("loaded")
    stage.mark("taller")
    stage.page.evaluate(STRETCH, ["#rest-payment-frame", ADDED])
    stage.settle()
    stage.capture("taller")
