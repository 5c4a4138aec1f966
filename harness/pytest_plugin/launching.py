"""Which Chromium pytest-playwright starts: $PAYFRAME_CHROMIUM, Playwright's own, the system's."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Error

from ..browser import NO_CHROMIUM, NoBrowserError, launch_options, named_chromium, system_chromium

MISSING = "Executable doesn't exist"


def launching(launch: Callable[..., Browser]) -> Callable[..., Browser]:
    """A launch that changes nothing where Playwright has a Chromium of its own."""

    def launch_with(path: Path, **options: Any) -> Browser:
        own = launch_options(path)
        return launch(**{**own, **options, "args": [*own["args"], *options.get("args", [])]})

    def launch_found(**options: Any) -> Browser:
        try:
            if named := named_chromium():
                return launch_with(named, **options)
        except NoBrowserError as error:
            pytest.fail(str(error), pytrace=False)
        try:
            return launch(**options)
        except Error as error:
            if MISSING not in error.message:
                raise
            if found := system_chromium():
                return launch_with(found, **options)
        pytest.fail(NO_CHROMIUM, pytrace=False)

    return launch_found
