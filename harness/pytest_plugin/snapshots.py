"""Snapshots: how the frame looked once, as a PNG beside the test, and how it looks now."""

import re
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Locator

from ..browser.comparison import compare
from ..browser.picture import picture
from ..browser.seller_page import SellerPage
from .differences import SnapshotDifference

FOLDER = "__snapshots__"
NAME = re.compile(r"[A-Za-z0-9][\w-]*")


@dataclass(frozen=True)
class Snapshots:
    """Those of one test. `test` is its node ID, `file` its module's path, `browser` the engine.

    `output` is where pictures of a failure go, `update` whether snapshots are written instead;
    `differences` collects what fails for the report at the end of the run.
    """

    test: str
    file: Path
    browser: str
    output: Path
    update: bool
    differences: list[SnapshotDifference]

    def path(self, name: str) -> Path:
        return self.file.parent / FOLDER / self.file.stem / f"{name}-{self.browser}.png"

    def check(
        self,
        seller: SellerPage,
        name: str,
        mask: Sequence[Locator],
        threshold: float,
        share: float,
        *,
        full: bool,
    ) -> None:
        """Fail the test, or write the snapshot where they are to be updated."""
        __tracebackhide__ = True
        if not NAME.fullmatch(name):
            pytest.fail(f"A snapshot's name has letters, digits, - and _ only, unlike {name!r}.")
        snapshot = self.path(name)
        actual = picture(seller, mask, full=full)
        if not snapshot.exists() and not self.update:
            self._keep(name, actual=actual)
            pytest.fail(
                f"There is no snapshot {snapshot} yet: pytest --update-snapshots makes it. "
                f"It would look like {self._kept(name, 'actual')}.",
                pytrace=False,
            )
        if not snapshot.exists():
            write(snapshot, actual)
            return
        expected = snapshot.read_bytes()
        compared = compare(expected, actual, threshold)
        if compared.share <= share:
            return
        if self.update:
            write(snapshot, actual)
            return
        self._keep(name, expected=expected, actual=actual, diff=compared.picture)
        self.differences.append(
            SnapshotDifference(
                self.test, name, compared.sentence, expected, actual, compared.picture
            )
        )
        pytest.fail(
            f"The snapshot {name} differs: {compared.sentence}.\n"
            f"  expected  {snapshot}\n"
            f"  actual    {self._kept(name, 'actual')}\n"
            f"  diff      {self._kept(name, 'diff')}\n"
            "If it is to look so from now on: pytest --update-snapshots."
        )

    def _kept(self, name: str, what: str) -> Path:
        return self.output / f"{name}-{self.browser}-{what}.png"

    def _keep(self, name: str, **pictures: bytes) -> None:
        for what, png in pictures.items():
            write(self._kept(name, what), png)


def write(file: Path, content: bytes) -> None:
    """As a whole or not at all: a worker beside this one may write or read the same file."""
    file.parent.mkdir(parents=True, exist_ok=True)
    new = file.with_suffix(f".{time.time_ns()}.new")
    new.write_bytes(content)
    new.replace(file)
