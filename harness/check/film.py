"""What is kept of a visit for a report: a strip of small pictures, and the log of one scene."""

import io
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from PIL import Image

from .finding import Finding, Picture
from .recording import Recording, Visit
from .secret import without_secrets

WIDEST, HIGHEST = 640, 1000
"""Pixels of a picture in a report; what is higher is cut off."""
COLOURS = 64


@dataclass(frozen=True)
class Place:
    """Where in a visit a picture of the strip is from."""

    scene: str
    moment: str
    caption: str


STRIP = (
    Place("messages", "before", "Before the shop’s message"),
    Place("first_load", "loaded", "After it"),
    Place("dark", "loaded", "In a dark shop"),
    Place("brand", "loaded", "In a branded shop"),
    Place("narrow", "upright", "On a phone, 360 px"),
    Place("dark", "second", "Loaded a second time"),
)
SCENES = tuple(dict.fromkeys(place.scene for place in STRIP))
LOGGED = ("dark", "first_load", "narrow")
"""The scenes whose messages are worth reading, the best first."""
LONGEST = 60
"""Messages of a log; a storm is known by its beginning."""


def strip(visit: Visit) -> Iterator[tuple[Place, Picture]]:
    """The pictures that there are, in the order of STRIP."""
    for place in STRIP:
        recording = visit.recordings.get(place.scene)
        if recording and recording.shown and (moment := recording.moment(place.moment)):
            yield place, Picture(place.scene, place.moment, moment.picture)


def logged(visit: Visit) -> Recording | None:
    """The recording whose messages a report shows."""
    played = (visit.recordings.get(scene) for scene in LOGGED)
    return next((each for each in played if each), None) or next(
        iter(visit.recordings.values()), None
    )


def trimmed(visit: Visit) -> Visit:
    """A visit with only what a report shows of it, so that many pages take little memory."""
    log = logged(visit)
    return replace(
        visit,
        recordings={
            scene: replace(
                recording,
                moments=[
                    replace(each, picture=small(each.picture))
                    for each in recording.moments
                    if any((scene, each.name) == (place.scene, place.moment) for place in STRIP)
                ],
                messages=(
                    [without_secrets(each) for each in recording.messages[: LONGEST + 1]]
                    if recording is log
                    else []
                ),
                requests=[],
                console=[],
            )
            for scene, recording in visit.recordings.items()
        },
    )


def lightened(finding: Finding) -> Finding:
    """A finding whose pictures are small."""
    return replace(
        finding,
        evidence=tuple(
            replace(each, png=small(each.png)) if isinstance(each, Picture) else each
            for each in finding.evidence
        ),
    )


@lru_cache(maxsize=64)
def small(png: bytes) -> bytes:
    """A PNG of few kilobytes that shows the same."""
    with Image.open(io.BytesIO(png)) as opened:
        image = opened.convert("RGB")
    image = image.crop((0, 0, image.width, min(image.height, image.width * HIGHEST // WIDEST)))
    if image.width > WIDEST:
        image = image.resize(
            (WIDEST, max(1, round(image.height * WIDEST / image.width))), Image.Resampling.LANCZOS
        )
    out = io.BytesIO()
    image.quantize(COLOURS, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
    return out.getvalue()
