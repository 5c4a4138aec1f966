"""Which Chromium pytest-playwright starts: $PAYFRAME_CHROMIUM, Playwright's own, the system's."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from ..browser.chromium import start_chromium
from ..browser.errors import NoBrowserError


def launching(
    launch: Callable[..., Browser], own: Path, switches: list[str]
) -> Callable[..., Browser]:
    """A launch that finds a Chromium, and has frames of another site in processes of their own.

    `own` is where Playwright's own Chromium would be; `switches` are those that the tests ask for,
    as pytest-playwright's `launch` adds them itself.
    """

    def launch_found(**options: Any) -> Browser:
        try:
            return start_chromium(launch, own, **{"args": switches, **options})
        except NoBrowserError as error:
            pytest.fail(str(error), pytrace=False)

    return launch_found
