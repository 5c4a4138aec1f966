"""The page in a light shop, 800 px wide, is read once it is quiet. Moment: loaded.

`elements` holds "scripts" (the HTML of those from other hosts without integrity), "quirks" (one
text where the document has no doctype), "forms" (the addresses that forms are sent to), and as
JSON, one text each, "fields" (what the buyer writes into), "all fields" (also what is not shown
yet) and "hosted fields" (those in frames of other sites inside the page). The recording's `bytes`
are how much was loaded.
"""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from ..hosts import same_site

if TYPE_CHECKING:
    from playwright.sync_api import Frame

    from ..stage import Stage

SCRIPT = Path(__file__).with_suffix(".js")


def play(stage: "Stage") -> None:
    stage.open()
    stage.capture("loaded")
    stage.measure_bytes()
    script = stage.load(SCRIPT)
    for name in ("scripts", "quirks", "forms", "fields"):
        stage.keep(name, script.call(name))
    stage.keep("all fields", script.call("allFields"))
    page = stage.seller.document
    for frame in frames_in(page):
        if not same_site(frame.url, page.url):
            keep_fields(stage, frame)


def frames_in(frame: "Frame") -> Iterator["Frame"]:
    for each in frame.child_frames:
        yield each
        yield from frames_in(each)


def keep_fields(stage: "Stage", frame: "Frame") -> None:
    from playwright.sync_api import Error

    with suppress(Error):  # it may have gone meanwhile
        stage.keep("hosted fields", stage.load(SCRIPT, frame).call("allFields"))
