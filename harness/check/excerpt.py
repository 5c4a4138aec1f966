"""What a report shows of a visit: a few small pictures, and the messages of one scene."""

import io
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from PIL import Image, ImageChops

from .finding import Finding, Picture
from .judging import PageReport
from .recording import Recording, Visit
from .secret import without_secrets

WIDEST, HIGHEST = 640, 1000
"""Pixels of a picture in a report; what is higher is cut off."""
MARGIN = 24
"""Pixels that are kept below what a picture shows."""
COLOURS = 64
"""Colours of a picture in a report: enough for a page, and a fraction of the bytes."""


@dataclass(frozen=True)
class Place:
    """The moment of a scene that a picture shows, and what the report says below it."""

    scene: str
    moment: str
    caption: str


PLACES = (
    Place("messages", "before", "Before the shop’s message"),
    Place("first_load", "loaded", "With the shop’s message"),
    Place("dark", "loaded", "In a dark shop"),
    Place("brand", "loaded", "In a branded shop"),
    Place("narrow", "upright", "On a phone, 360 px"),
    Place("dark", "second", "Loaded a second time"),
)
SCENES = tuple(dict.fromkeys(place.scene for place in PLACES))
LOGGED = ("dark", "first_load", "narrow")
"""The scenes whose messages are worth reading, the best first."""
LONGEST = 60
"""Messages of a log at most: where there are more, they repeat themselves."""


def pictures(visit: Visit) -> Iterator[tuple[Place, Picture]]:
    """The pictures that there are, in the order of PLACES."""
    for place in PLACES:
        recording = visit.recordings.get(place.scene)
        if recording and recording.shown and (moment := recording.moments.get(place.moment)):
            yield place, Picture(place.scene, place.moment, moment.picture)


def logged(visit: Visit) -> Recording | None:
    """The recording whose messages a report shows."""
    scenes = (*LOGGED, *visit.recordings)
    return next((visit.recordings[scene] for scene in scenes if scene in visit.recordings), None)


def excerpt(report: PageReport, *, pictured: bool = True) -> PageReport:
    """A page's report with only what is shown of it, so that many pages take little memory.

    `pictured` is whether pictures are shown: to make them small takes long.
    """
    if not pictured:
        return without_pictures(report)
    return replace(
        report,
        findings=tuple(with_small_pictures(finding) for finding in report.findings),
        visit=report.visit and excerpt_of_visit(report.visit),
    )


def without_pictures(report: PageReport) -> PageReport:
    findings = tuple(
        replace(
            finding,
            evidence=tuple(
                replace(item, png=b"") if isinstance(item, Picture) else item
                for item in finding.evidence
            ),
        )
        for finding in report.findings
    )
    return replace(report, findings=findings, visit=None)


def excerpt_of_visit(visit: Visit) -> Visit:
    log = logged(visit)
    return replace(
        visit,
        recordings={
            scene: replace(
                recording,
                moments={
                    name: replace(moment, picture=small(moment.picture))
                    for name, moment in recording.moments.items()
                    if any((scene, name) == (place.scene, place.moment) for place in PLACES)
                },
                messages=(
                    [without_secrets(message) for message in recording.messages[: LONGEST + 1]]
                    if recording is log
                    else []
                ),
                requests=[],
                console=[],
            )
            for scene, recording in visit.recordings.items()
        },
    )


def with_small_pictures(finding: Finding) -> Finding:
    return replace(
        finding,
        evidence=tuple(
            replace(item, png=small(item.png)) if isinstance(item, Picture) else item
            for item in finding.evidence
        ),
    )


@lru_cache(maxsize=64)
def small(png: bytes) -> bytes:
    """A PNG of few kilobytes that shows the same."""
    with Image.open(io.BytesIO(png)) as opened:
        image = opened.convert("RGB")
    image = without_empty_end(image)
    image = image.crop((0, 0, image.width, min(image.height, image.width * HIGHEST // WIDEST)))
    if image.width > WIDEST:
        image = image.resize(
            (WIDEST, max(1, round(image.height * WIDEST / image.width))), Image.Resampling.LANCZOS
        )
    out = io.BytesIO()
    image.quantize(COLOURS, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
    return out.getvalue()


def without_empty_end(image: Image.Image) -> Image.Image:
    """The picture without the rows of one colour at its end, but for MARGIN of them."""
    last = image.getpixel((image.width - 1, image.height - 1))
    assert isinstance(last, tuple)
    drawn = ImageChops.difference(image, Image.new("RGB", image.size, last)).getbbox()
    if drawn is None:
        return image
    return image.crop((0, 0, image.width, min(image.height, drawn[3] + MARGIN)))
