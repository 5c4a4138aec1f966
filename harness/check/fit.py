"""Whether the frame fits its content, and how the shop reads the sizes that the page posts."""

from typing import Any
from urllib.parse import urlsplit

from ..browser.messages import Message
from .recording import Moment, Recording, Visit, pixels

TOLERANCE = 1.0
"""CSS px: heights are rounded."""
BLANK = 24.0
"""CSS px that may stay blank below the content."""
STEPS = 3
"""Posts that each ask for more than the frame has, after which the page will never have enough."""


def misfit(moment: Moment) -> str | None:
    """How the frame does not fit, as a sentence. Paddings and margins are not blank space."""
    return hidden(moment) or blank(moment)


def hidden(moment: Moment) -> str | None:
    """How a part of the page is hidden, as a sentence."""
    more = max(moment.scroll.height, moment.content) - moment.viewport.height
    if more <= TOLERANCE:
        return None
    return f"{_high(moment)}; {more:.0f} px more of the page do not fit into it."


def blank(moment: Moment) -> str | None:
    """How a part of the frame is blank, as a sentence."""
    space = moment.viewport.height - moment.content - moment.below
    if space <= BLANK:
        return None
    return f"{_high(moment)}, of which {space:.0f} px below the content are blank."


def _high(moment: Moment) -> str:
    return f"The frame is {moment.viewport.height:.0f} px high"


def unusable(recording: Recording) -> list[Message]:
    """The page's messages that name a width or height that the shop cannot use.

    Also those without any data, which raise an error in the shop's own script. A size of 0 counts
    as none: a page may have nothing to show yet.
    """
    return [
        message
        for message in recording.messages
        if message.to == "seller"
        and message.own
        and (message.data is None or _has_unusable_size(message.data))
    ]


def _has_unusable_size(data: Any) -> bool:
    """A null beside a good value does no harm."""
    if not isinstance(data, dict):
        return False
    named = [data[name] for name in ("width", "height") if name in data]
    bad = [size for size in named if size not in (0, "0") and not pixels(size)]
    return any(size is not None for size in bad) or (bool(bad) and bad == named)


def widths(recording: Recording) -> list[float]:
    """The widths that the page posts, in CSS px: the last one pins its frame."""
    return [width for message in recording.sizes if (width := pixels(message.data.get("width")))]


def ignored_sizes(visit: Visit, scene: str) -> list[Message]:
    """Messages with a size from another host than ACTION_URI's, where none comes from it."""
    host = urlsplit(visit.url).hostname
    sizes = [
        message
        for message in visit[scene].messages
        if message.to == "seller"
        and isinstance(message.data, dict)
        and any(pixels(message.data.get(name)) for name in ("width", "height"))
    ]
    hosts = [urlsplit(message.origin).hostname for message in sizes]
    return [] if host in hosts else sizes


def stays_high(visit: Visit) -> float:
    """CSS px by which the frame stays higher when content has come and gone; 0 where it fits again.

    Needs the scene changing_height.
    """
    moments = visit["changing_height"].moments
    loaded, grown, shrunk = (moments[name].frame.height for name in ("loaded", "grown", "shrunk"))
    followed = grown - loaded > BLANK
    return shrunk - loaded if followed and shrunk - loaded > BLANK else 0.0


def heights_when_taller(visit: Visit) -> list[float]:
    """The heights that the page posts, in CSS px, once it is given more than it has asked for.

    Needs the scene changing_height.
    """
    recording = visit["changing_height"]
    began, end = recording.marks["taller"], recording.moments["taller"].time
    return [
        pixels(message.data.get("height"))
        for message in recording.sizes
        if began < message.time < end
    ]


def runs_away(visit: Visit) -> bool:
    """Whether the page, given more height than it has asked for, asks for ever more.

    Needs the scene changing_height.
    """
    heights = heights_when_taller(visit)
    shrunk = visit["changing_height"].moments["shrunk"]
    steps = 0
    for before, height in zip([shrunk.frame.height, *heights], heights, strict=False):
        steps = steps + 1 if height > before else 0
        if steps == STEPS:
            return True
    return False
