"""What benchmarks/frame.py has measured, as tables and beside what was aimed at."""

from collections.abc import Mapping
from dataclasses import dataclass
from statistics import median
from typing import Any

from frame_site import CONTENDERS, RESIZER_CHILD, VENDOR, WIDGET
from rich.console import Console
from rich.table import Table

METRICS = {
    "first": "First correct size, ms",
    "settled": "Correct size for good, ms",
    "shown": "Payment shown, ms",
    "start": "of these, until the document begins, ms",
    "messages": "Messages from the frame by then",
    "messages_in": "Messages to the frame by then",
    "shift": "Layout shift in the shop's page",
    "heap": "JS heap of the frame, kB",
    "size": "Page with brotli, bytes",
    "grow_time": "Content grows: correct after, ms",
    "grow_frames": "  animation frames at a wrong size",
    "grow_messages": "  messages from the frame",
    "grow_messages_in": "  messages to the frame",
    "shrink_time": "Content shrinks: correct after, ms",
    "shrink_frames": "  animation frames at a wrong size",
    "shrink_messages": "  messages from the frame",
    "shrink_messages_in": "  messages to the frame",
    "crowd_time": "50 frames: all correct after, ms",
    "crowd_wrong": "  frames that stay at a wrong size",
    "crowd_messages": "  messages from the frames",
}
DIGITS = {"shift": 4, "first": 1, "settled": 1, "shown": 1, "start": 1, "crowd_time": 0}
COUNTS = tuple(
    key for key in METRICS if key.endswith(("messages", "messages_in", "frames", "wrong"))
)


@dataclass(frozen=True)
class Results:
    """`figures` has, by contender and metric, one figure a load: ms, bytes or a count."""

    browser: str
    loads: int
    crowds: int
    sizes: dict[str, int]
    figures: Mapping[str, Mapping[str, list[float]]]
    growth: dict[str, dict[str, dict[str, Any]]]

    def middle(self, contender: str, metric: str) -> float | None:
        """The median; None where the contender never got there."""
        if metric == "size":
            return self.sizes[contender]
        values = self.figures[contender].get(metric)
        if not values:
            return None
        return median(values) / (1000 if metric == "heap" else 1)

    def as_json(self) -> dict[str, Any]:
        aims = [
            {"aim": name, "got": got, "reached": reached} for name, got, reached in aims_of(self)
        ]
        return {**vars(self), "aims": aims}


def aims_of(results: Results) -> list[tuple[str, str, bool]]:
    """What was aimed at, what came of it, and whether that is enough."""

    def got(metric: str, contender: str = WIDGET.name) -> float:
        found = results.middle(contender, metric)
        return float("inf") if found is None else found

    def share(within: float, *metrics: str) -> float:
        values = [each for key in metrics for each in results.figures[WIDGET.name].get(key, [])]
        return sum(each <= within for each in values) / (len(metrics) * results.loads)

    ratio = got("settled") / got("settled", VENDOR.name)
    frames = max(got("grow_frames"), got("shrink_frames"))
    counts = [
        *results.figures[WIDGET.name].get("grow_messages", []),
        *results.figures[WIDGET.name].get("shrink_messages", []),
    ]
    size, other = results.sizes[WIDGET.name], results.sizes[RESIZER_CHILD]
    growing = [name for name, each in results.growth[WIDGET.name].items() if each["grows"]]
    within = share(2, "grow_frames", "shrink_frames")
    return [
        (
            "Correct size in at most 1.0x the time of the vendor's samples",
            f"{ratio:.2f}x",
            ratio <= 1,
        ),
        (
            "A change has its size within 2 animation frames",
            f"median {frames:g}; {within:.0%} of the changes",
            frames <= 2,
        ),
        (
            "Exactly one message a change",
            f"{counts.count(1)} of {2 * results.loads} changes",
            counts.count(1) == 2 * results.loads,
        ),
        (
            "The whole page is smaller than @iframe-resizer/child alone",
            f"{size:,} against {other:,} bytes",
            size < other,
        ),
        (
            "No frame grows for ever",
            ", ".join(growing) or "none does",
            not growing,
        ),
    ]


def report(results: Results) -> None:
    console = Console(width=168, highlight=False)
    console.print(
        f"Chromium {results.browser}, {results.loads} loads of each, {results.crowds} with 50 "
        "frames. Medians, and in brackets the ratio to the vendor's samples.\n"
    )
    console.print(_figures(results), _growth(results), _aims(results), sep="\n")


def _figures(results: Results) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold")
    table.add_column("")
    for contender in CONTENDERS:
        table.add_column(contender.name, justify="right")
    for metric, title in METRICS.items():
        if metric.startswith("crowd") and not results.crowds:
            continue
        base = results.middle(VENDOR.name, metric)
        cells = []
        for contender in CONTENDERS:
            value = results.middle(contender.name, metric)
            if value is None:
                cells.append("-" if metric == "shown" else "never")
                continue
            digits = 0 if metric in COUNTS else DIGITS.get(metric, 0 if value > 200 else 1)
            ratio = f" ({value / base:.2f})" if base and metric not in COUNTS else ""
            cells.append(f"{value:,.{digits}f}{ratio}")
        table.add_row(title, *cells)
    return table


def _growth(results: Results) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold")
    table.add_column("Growth loop, by style of the content")
    for contender in CONTENDERS:
        table.add_column(contender.name, justify="right")
    for name in results.growth[WIDGET.name]:
        cells = []
        for contender in CONTENDERS:
            seen = results.growth[contender.name][name]
            cells.append(
                "[red]grows[/]" if seen["grows"] else "fits" if seen["fits"] else "steady, scrolls"
            )
        table.add_row(name, *cells)
    return table


def _aims(results: Results) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold")
    for title in ("Aim", "payframe", ""):
        table.add_column(title)
    for name, got, reached in aims_of(results):
        table.add_row(name, got, "[green]reached[/]" if reached else "[red]missed[/]")
    return table
