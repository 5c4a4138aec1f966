"""Which browser the tests run in."""

from typing import Any

import pytest

from harness.browser import find_chromium


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    found = find_chromium()
    return (
        {**browser_type_launch_args, "executable_path": found}
        if found
        else browser_type_launch_args
    )
