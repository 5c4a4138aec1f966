"""The shop's message comes only when the page has been quiet for a while, and after it come others.

Moments: before, after, junk, foreign. First from the shop's window what is no handshake, then a
handshake for another payment in another colour from another origin: see FOREIGN. "posted" and
"junk" in the recording's `marks` are when the shop's message and the first other one were posted;
"taken" says that the page has taken the foreign colour.
"""

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
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
    """Values that occur nowhere else: a page that shows them has accepted the message."""

    payment_id: str
    amount: str
    color: str


FOREIGN = Foreign("826457", "8264.57", "rgb(17, 89, 203)")
SCRIPT = Path(__file__).with_suffix(".js")
HAS_COLOR = """color => [document.documentElement, ...document.querySelectorAll("body, body *")]
  .some((element) => {
    const { color: text, backgroundColor, borderTopColor } = getComputedStyle(element);
    return [text, backgroundColor, borderTopColor].includes(color);
  })"""


def play(stage: "Stage") -> None:
    stage.seller.silence()
    stage.open()
    stage.capture("before")
    stage.mark("posted")
    stage.seller.speak()
    stage.settle()
    stage.capture("after")
    stage.mark("junk")
    for junk in JUNK:
        stage.seller.post(junk)
    stage.settle()
    stage.capture("junk")
    message = stage.seller.last_message()
    message["BX_SYSTEM_PARAMS"] |= {"PAYMENT_ID": FOREIGN.payment_id, "SUM": FOREIGN.amount}
    names = ("color", "background", "backgroundColor", "borderColor")
    message["BX_COMPUTED_STYLE"] = dict.fromkeys(names, FOREIGN.color)
    stage.load(SCRIPT, stage.page.main_frame).call("postFromOtherOrigin", message)
    stage.settle()
    stage.capture("foreign")
    if stage.seller.document.evaluate(HAS_COLOR, FOREIGN.color):
        stage.mark("taken")
