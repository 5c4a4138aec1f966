"""The shop's message comes only when the page has been quiet for a while; others come around it.

Moments: before, noise, after, junk, foreign. JUNK, which is no handshake, comes before the shop's
message from the page's own window, from a frame beside it and from the shop's window, and after it
from the shop's window again; then a handshake for another payment in another colour from another
origin: see FOREIGN. "noise", "posted" and "junk" in the recording's `marks` are when the first
noise, the shop's message and the first junk after it were posted; "taken" says that the page has
taken the foreign colour.
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
POST_TO_ITSELF = "junk => { for (const message of junk) postMessage(message, '*') }"
"""As extensions and libraries do."""
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
    script = stage.load(SCRIPT, stage.page.main_frame)
    stage.mark("noise")
    stage.seller.document.evaluate(POST_TO_ITSELF, JUNK)
    script.call("postFromOtherOrigin", JUNK)
    post_junk(stage)
    stage.capture("noise")
    stage.mark("posted")
    stage.seller.speak()
    stage.settle()
    stage.capture("after")
    stage.mark("junk")
    post_junk(stage)
    stage.capture("junk")
    message = stage.seller.last_message()
    message["BX_SYSTEM_PARAMS"] |= {"PAYMENT_ID": FOREIGN.payment_id, "SUM": FOREIGN.amount}
    names = ("color", "background", "backgroundColor", "borderColor")
    message["BX_COMPUTED_STYLE"] = dict.fromkeys(names, FOREIGN.color)
    script.call("postFromOtherOrigin", [message])
    stage.settle()
    stage.capture("foreign")
    if stage.seller.document.evaluate(HAS_COLOR, FOREIGN.color):
        stage.mark("taken")


def post_junk(stage: "Stage") -> None:
    for junk in JUNK:
        stage.seller.post(junk)
    stage.settle()
