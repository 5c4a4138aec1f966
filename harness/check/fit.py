"""Whether the frame fits its content, and what the shop makes of the sizes that the page posts."""

from typing import Any
from urllib.parse import urlsplit

from ..browser.seller_page import Message
from .recording import Moment, Recording, Visit, pixels

TOLERANCE = 1.0
"""CSS px: heights are rounded."""
BLANK = 24.0
STEPS = 3
"""Posts that each ask for more than the frame has, after which the page will never have enough."""


def misfit(moment: Moment) -> str | None:
    """How the frame does not fit, as a sentence. Paddings and margins are not blank space."""
    hidden = max(moment.scroll.height, moment.content) - moment.viewport.height
    blank = moment.viewport.height - moment.content - moment.below
    high = f"The frame is {moment.viewport.height:.0f} px high"
    if hidden > TOLERANCE:
        return f"{high}; {hidden:.0f} px more of the page do not fit into it."
    if blank > BLANK:
        return f"{high}, of which {blank:.0f} px below the content are blank."
    return None


def unusable(recording: Recording) -> list[Message]:
    """The page's messages that name a width or height of which the shop can make nothing.

    Also those without any data, which raise an error in the shop's own script. A size of 0 counts
    as none: a page may have nothing to show yet.
    """
    return [
        each
        for each in recording.messages
        if each.to == "seller" and each.own and (each.data is None or _names_nonsense(each.data))
    ]


def _names_nonsense(data: Any) -> bool:
    """A null beside a good value does no harm."""
    if not isinstance(data, dict):
        return False
    named = [data[name] for name in ("width", "height") if name in data]
    bad = [each for each in named if each not in (0, "0") and not pixels(each)]
    return any(each is not None for each in bad) or (bool(bad) and bad == named)


def widths(recording: Recording) -> list[float]:
    """The widths that the page posts, in CSS px: the last one pins its frame."""
    return [width for each in recording.sizes if (width := pixels(each.data.get("width")))]


def unheard(visit: Visit, scene: str) -> list[Message]:
    """Messages with a size from another host than ACTION_URI's, where none comes from it."""
    host = urlsplit(visit.url).hostname
    sizes = [
        each
        for each in visit[scene].messages
        if each.to == "seller"
        and isinstance(each.data, dict)
        and any(pixels(each.data.get(name)) for name in ("width", "height"))
    ]
    hosts = [urlsplit(each.origin).hostname for each in sizes]
    return [] if host in hosts else sizes


def runs_away(visit: Visit) -> bool:
    """Whether the page, given more height than it has asked for, asks for ever more.

    Needs the scene changing_height.
    """
    recording = visit["changing_height"]
    (began,) = recording.times["taller"]
    _, _, shrunk, _ = recording.moments
    heights = [pixels(each.data.get("height")) for each in recording.sizes if each.time > began]
    steps = 0
    for before, height in zip([shrunk.frame.height, *heights], heights, strict=False):
        steps = steps + 1 if height > before else 0
        if steps == STEPS:
            return True
    return False
