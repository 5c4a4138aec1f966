"""How a frame gets its size: payframe, the vendor's samples and three libraries in Chromium.

    .venv/bin/python benchmarks/frame.py [--loads 30] [--crowds 5] [--json]

The contenders take turns, load by load, in one browser. Times are taken inside the frame, by its
own clock and at its animation frames. benchmarks/README.md says what each figure means.
"""

import argparse
import json
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from frame_report import Results, report
from frame_site import CONTENDERS, PAGES, ROOT, Contender, Site, fetch_packages, running
from payframe.harness.browser.chromium import NoBrowserError, open_chromium
from payframe.widget.build import build
from playwright.sync_api import Browser, Frame, Page
from rich.console import Console
from rich.progress import Progress

FRAMES = 50
WINDOW: dict[str, Any] = {"viewport": {"width": 1000, "height": 1400}}
WALL: dict[str, Any] = {"viewport": {"width": 3000, "height": 4200}, "device_scale_factor": 0.25}
"""All frames are in sight: a browser lays out no frame of another site that is not."""

GROWTH = {
    "more than the viewport": "main { min-height: calc(100vh + 40px) }",
    "exactly the viewport": "main { min-height: 100vh }",
    "part of the viewport": "main { padding-bottom: 20vh }",
    "percentages": "html, body { height: 100% } main { min-height: 100% }",
    "percentages and a margin": "html, body { height: 100% } main { height: 100%; margin: 20px 0 }",
    "margins": "body { margin: 8px } main { margin: 40px 0 }",
    "half pixels": "main { height: 701.5px }",
    "too wide": "main > * { min-width: 800px }",
}
"""What a page may do that a careless measurement feeds on: name -> style added to the page."""


@contextmanager
def opened(
    browser: Browser, url: str, window: dict[str, Any], frames: int
) -> Iterator[tuple[Page, list[Frame]]]:
    """The shop's page in a fresh context, and the frames in it."""
    context = browser.new_context(**window, locale="en-US")
    try:
        context.add_init_script(path=PAGES / "probe.js")
        page = context.new_page()
        page.goto(url)
        children = [each for each in page.frames if each is not page.main_frame]
        assert len(children) == frames
        yield page, children
    finally:
        context.close()


def messages(page: Page, frame: Frame) -> tuple[int, int]:
    """From the frame, and to it."""
    return page.evaluate("bench.messages"), frame.evaluate("bench.messages")


def load(browser: Browser, site: Site, contender: Contender) -> dict[str, Any]:
    """One load of a page with one frame."""
    with opened(browser, site.shop(contender), WINDOW, 1) as (page, (frame,)):
        got: dict[str, Any] = frame.evaluate("state => bench.settled(state)", contender.state)
        got["messages"], got["messages_in"] = messages(page, frame)
        got["shift"] = page.evaluate("bench.shift")
        session = page.context.new_cdp_session(frame)
        session.send("Performance.enable")
        session.send("HeapProfiler.collectGarbage")
        metrics = session.send("Performance.getMetrics")["metrics"]
        got["heap"] = next(each["value"] for each in metrics if each["name"] == "JSHeapUsedSize")
        for name, grow in (("grow", True), ("shrink", False)):
            before = messages(page, frame)
            change = frame.evaluate("grow => bench.change(grow)", grow)
            if change is None:
                break
            after = messages(page, frame)
            got[f"{name}_time"], got[f"{name}_frames"] = change["time"], change["wrong"]
            got[f"{name}_messages"] = after[0] - before[0]
            got[f"{name}_messages_in"] = after[1] - before[1]
    return got


def all_settled(frames: list[Frame], contender: Contender) -> list[dict[str, Any]]:
    """What `bench.settled` says in each, all at the same time."""
    for frame in frames:
        frame.evaluate("state => { bench.end = bench.settled(state) }", contender.state)
    return [frame.evaluate("bench.end") for frame in frames]


def crowd(browser: Browser, site: Site, contender: Contender) -> dict[str, Any]:
    """One load of a page with fifty frames."""
    with opened(browser, site.shop(contender, FRAMES), WALL, FRAMES) as (page, frames):
        each = all_settled(frames, contender)
        began = min(one["origin"] for one in each)
        ended = [one["origin"] + one["settled"] for one in each if one["settled"] is not None]
        return {
            "crowd_time": max(ended) - began if ended else None,
            "crowd_wrong": FRAMES - len(ended),
            "crowd_messages": page.evaluate("bench.messages"),
        }


def growth(browser: Browser, site: Site, contender: Contender) -> dict[str, dict[str, Any]]:
    """What becomes of a frame with each style; they stand side by side on one page."""
    with opened(browser, site.shop(contender, len(GROWTH)), WALL, len(GROWTH)) as (_, frames):
        all_settled(frames, contender)
        for frame, style in zip(frames, GROWTH.values(), strict=True):
            frame.evaluate("style => { bench.grown = bench.grows(style) }", style)
        return {
            name: frame.evaluate("bench.grown") for frame, name in zip(frames, GROWTH, strict=True)
        }


def measure(browser: Browser, site: Site, options: argparse.Namespace) -> Results:
    loads: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    results = Results(browser.version, options.loads, options.crowds, site.sizes, loads, {})
    rounds = [load] * (options.loads + 1) + [crowd] * options.crowds
    with Progress(console=Console(stderr=True)) as progress:
        task = progress.add_task("", total=(len(rounds) + 1) * len(CONTENDERS))
        for number, take in enumerate(rounds):
            # Nobody always comes first.
            turn = number % len(CONTENDERS)
            for contender in CONTENDERS[turn:] + CONTENDERS[:turn]:
                what = "50 frames" if take is crowd else f"load {number} of {options.loads}"
                progress.update(task, description=f"{contender.name}, {what}")
                got = take(browser, site, contender)
                # The first round warms the browser and the server up.
                for key, value in got.items() if number else ():
                    if value is not None:
                        loads[contender.name][key].append(value)
                progress.advance(task)
        for contender in CONTENDERS:
            progress.update(task, description=f"{contender.name}, growth")
            results.growth[contender.name] = growth(browser, site, contender)
            progress.advance(task)
    return results


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--loads", type=int, default=30, help="loads of each contender [30]")
    parser.add_argument("--crowds", type=int, default=5, help="loads with 50 frames [5]")
    parser.add_argument("--json", action="store_true", help="print every figure as JSON")
    options = parser.parse_args()
    build()
    fetch_packages()
    with (
        tempfile.TemporaryDirectory() as folder,
        running(Path(folder) / "harness.db", ROOT / "dist") as site,
        open_chromium() as browser,
    ):
        results = measure(browser, site, options)
    if options.json:
        print(json.dumps(results.as_json(), indent=1))
    else:
        report(results)
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except NoBrowserError as error:
        sys.exit(str(error))
