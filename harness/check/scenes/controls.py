"""What a buyer can press: first with Tab, from the frame's beginning to its end, then the rest.

The page is in the shop of the scene "brand", so that it can go on with that.

Every element that gets the focus is among the recording's `stops`, at most MOST_STOPS of them.
`elements["unreached"]` is the HTML of what a mouse can press and the focus never came to, where the
focus has left the frame at its end; `elements["circle"]` where it has not, and went around in a
circle.

Then links to a new window and downloads are clicked, at most MOST_LINKS; those that the sandbox
has blocked are the recording's `links`. At last what can be opened is opened: `openings`, with a
moment each. Nothing else is clicked: no payment is made.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..opening import open_all
from ..recording import Link, Stop

if TYPE_CHECKING:
    from ..stage import FrameScript, Stage

SCRIPT = Path(__file__).with_suffix(".js")
MOST_STOPS = 40
MOST_LINKS = 5
BLOCKED = "Blocked opening"
"""How Chromium says on its console that it has opened no window."""


def play(stage: "Stage") -> None:
    stage.go_on("brand")
    script = stage.load(SCRIPT)
    press_tab(stage, script)
    click_links(stage, script)
    open_all(stage)


def press_tab(stage: "Stage", script: "FrameScript") -> None:
    script.call("start")
    stage.seller.iframe.focus()
    for _ in range(MOST_STOPS):
        stage.page.keyboard.press("Tab")
        found = script.call("focused") or focused_at_rest(stage, script)
        if found is None:
            stage.keep("unreached", script.call("unreached"))
            return
        # What a frame inside the page shows is its own; focused again, it would begin anew.
        is_frame = found["element"].startswith("<iframe")
        found["visible"] = found["visible"] or is_frame or changes_picture(stage, script)
        stage.recording.stops.append(Stop(**found))
    stage.keep("circle", script.call("circle", MOST_STOPS))


def focused_at_rest(stage: "Stage", script: "FrameScript") -> Any:
    """From a frame inside the page, which is another process, the focus takes a moment to come."""
    stage.settle()
    return script.call("focused")


def changes_picture(stage: "Stage", script: "FrameScript") -> bool:
    """Whether the focus can be seen at all: a style of some other element may show it."""
    focused = stage.picture()
    script.call("blur")
    blurred = stage.picture()
    script.call("focus")
    return focused != blurred


def click_links(stage: "Stage", script: "FrameScript") -> None:
    for number, html in enumerate(script.call("findLinks")[:MOST_LINKS]):
        lines = len(stage.recording.console)
        if script.call("click", number):
            stage.recording.links.append(Link(html, "download"))
        stage.settle()
        if any(line.text.startswith(BLOCKED) for line in stage.recording.console[lines:]):
            stage.recording.links.append(Link(html, "window"))
