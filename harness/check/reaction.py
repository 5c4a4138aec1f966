"""What the page does with the shop's message in one scene, compared with the first load."""

import re
from collections.abc import Iterator

from .finding import Breach, message_log, picture
from .recording import Moment, Recording, Visit

COMPARED = ("first_load", "messages")
"""What a rule that asks for failures has to look at too."""
FIGURES = re.compile(r"\d[\d\s.,:'’]*")
"""However the page groups and separates its digits."""


def failure(visit: Visit, recording: Recording, moment: Moment, since: float = 0.0) -> str | None:
    """What goes wrong in a scene after its message, as the end of a sentence about the page.

    It crashes, or shows at a moment what it has shown without any message, although the first
    load's message has changed that. `since` is the time from which on the message counts.
    """
    if new := visit.new_errors(recording.scene, since):
        return f"crashes: {new[0]}"
    received = [message.time for message in recording.handshakes if message.time >= since]
    before = visit["messages"].moments["before"]
    first = visit["first_load"].moments["loaded"]
    if not received or moment.text != before.text or first.text == before.text:
        return None
    if listens_late(recording):
        return None  # by chance: handshake/late-listener reports it
    if any(request.time > received[0] for request in recording.requests):
        return None  # it does something, and its server has not answered yet
    return "does nothing with the message: it shows what it has shown before"


def is_as_usual(visit: Visit, scene: str) -> bool:
    """Whether the page does with the scene's message what it does with the first load's.

    It does not fail, and shows the same but for figures. Needs COMPARED, and the moment "loaded".
    """
    if not visit.shown((scene, *COMPARED)):
        return False
    recording = visit[scene]
    moment, first = recording.moments["loaded"], visit["first_load"].moments["loaded"]
    return failure(visit, recording, moment) is None and _without_figures(
        moment.text
    ) == _without_figures(first.text)


def _without_figures(text: str) -> str:
    return FIGURES.sub("#", text)


def listens_late(recording: Recording) -> bool:
    """Whether the document that has remained has had no listener when it was loaded."""
    began = recording.times["document"][-1]
    in_time, late = (
        any(time >= began for time in recording.times.get(kind, []))
        for kind in ("listener", "late listener")
    )
    return late and not in_time


def used_up(visit: Visit) -> bool:
    """Whether the page does nothing with the shop's message once others have come before it.

    Only a page is judged whose text the message changes otherwise. Needs COMPARED.
    """
    recording = visit["messages"]
    before, noise, after = (recording.moments[name].text for name in ("before", "noise", "after"))
    if visit["first_load"].moments["loaded"].text == before or after != noise:
        return False
    posted = recording.marks["posted"]
    return not any(request.time > posted for request in recording.requests)


def failing(visit: Visit, scene: str, beginning: str) -> Iterator[Breach]:
    """What a rule says of a failure in a scene, in a sentence that begins so.

    The scene has the moment "loaded".
    """
    recording = visit[scene]
    moment = recording.moments["loaded"]
    if failed := failure(visit, recording, moment):
        yield Breach(f"{beginning} {failed}.", (picture(recording, moment), message_log(recording)))
