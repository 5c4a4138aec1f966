"""All snapshots of a run that differ, side by side in one HTML file."""

import base64
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

REPORT = "snapshots.html"


@dataclass(frozen=True)
class SnapshotDifference:
    """One snapshot that differs: the test's node ID, its name, how much, and three PNGs."""

    test: str
    name: str
    sentence: str
    expected: bytes = field(repr=False)
    actual: bytes = field(repr=False)
    diff: bytes = field(repr=False)

    def packed(self) -> dict[str, Any]:
        """What a worker can send to the process that writes the report."""
        return asdict(self)


def write_report(differences: Iterable[SnapshotDifference], folder: Path) -> Path:
    """Write the report, self-contained, into a folder; its path."""
    environment = Environment(
        loader=PackageLoader("payframe.harness.pytest_plugin", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["data_uri"] = _data_uri
    shown = sorted(differences, key=lambda difference: (difference.test, difference.name))
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / REPORT
    file.write_text(environment.get_template(REPORT).render(differences=shown), "utf-8")
    return file


def _data_uri(png: bytes) -> str:
    return f"data:image/png;base64,{base64.b64encode(png).decode()}"
