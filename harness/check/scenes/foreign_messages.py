"""After the shop's message others come. Moments: loaded, junk, window, origin.

First from the shop's window what is no handshake; then a handshake for another payment in another
colour from another window of the shop; then the like from another origin: see FOREIGN. "junk",
"window" and "origin" in the recording's `times` are when each began, "window taken" and "origin
taken" say that the page wears the colour.
"""

from typing import NamedTuple

from ..stage import Stage

JUNK: list[object] = [
    None,
    1,
    "text",
    [],
    {"type": "webpackOk"},
    {"height": 5},
    {"BX_SYSTEM_PARAMS": None},
]


class Foreign(NamedTuple):
    """What gives a page away that has believed a message: it occurs nowhere else."""

    payment_id: int
    amount: str
    color: str


FOREIGN = {
    "window": Foreign(739146, "7391.46", "rgb(203, 17, 89)"),
    "origin": Foreign(826457, "8264.57", "rgb(17, 89, 203)"),
}
TAKEN = """color => [document.documentElement, ...document.querySelectorAll("body, body *")]
  .some((element) => {
    const { color: text, backgroundColor, borderTopColor } = getComputedStyle(element);
    return [text, backgroundColor, borderTopColor].includes(color);
  })"""
POST = """([message, sandbox]) => new Promise((done) => {
  const frame = document.createElement("iframe");
  frame.hidden = true;
  if (sandbox) frame.sandbox = "allow-scripts";
  frame.onload = done;
  const text = JSON.stringify(message).replaceAll("<", "\\\\u003c");
  frame.srcdoc = `<script>
    for (let n = 0; n < parent.length; n++) parent[n].postMessage(${text}, "*")
  </script>`;
  document.body.append(frame);
})"""


def play(stage: Stage) -> None:
    stage.open()
    stage.capture("loaded")
    stage.mark("junk")
    for junk in JUNK:
        stage.seller.post(junk)
    stage.settle()
    stage.capture("junk")
    message = stage.seller.last_message()
    for name, foreign in FOREIGN.items():
        message["BX_SYSTEM_PARAMS"] |= {"PAYMENT_ID": foreign.payment_id, "SUM": foreign.amount}
        names = ("color", "background", "backgroundColor", "borderColor")
        message["BX_COMPUTED_STYLE"] = dict.fromkeys(names, foreign.color)
        stage.mark(name)
        stage.page.evaluate(POST, [message, name == "origin"])
        stage.settle()
        stage.capture(name)
        if stage.seller.document.evaluate(TAKEN, foreign.color):
            stage.mark(f"{name} taken")
