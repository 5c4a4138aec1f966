"""What the scene takes for a width that has passed, on a clock of the test's own."""

from payframe.harness.check.scenes.changing_height import SCRIPT
from payframe.harness.check.stage import FrameScript
from playwright.sync_api import Page

FRAME = 16
"""Milliseconds between two animation frames on Playwright's clock."""


def show_widths(page: Page, widths: tuple[int, ...], frames: int) -> None:
    for width in widths:
        page.set_viewport_size({"width": width, "height": 600})
        page.clock.run_for(frames * FRAME)


def watch(page: Page, script: FrameScript, frames: int) -> bool:
    """Whether a width has passed that the page has had for so many animation frames."""
    script.call("watchWidths")
    show_widths(page, (800, 400, 800), frames)
    passed: bool = script.call("widthHasPassed")
    return passed


def test_a_width_that_lasts_has_not_passed_and_each_try_counts_anew(page: Page) -> None:
    page.clock.install(time=0)
    page.clock.pause_at(1)  # else it goes on by itself
    script = FrameScript(page.main_frame, SCRIPT)
    assert not watch(page, script, frames=6)
    assert not watch(page, script, frames=6)
    assert watch(page, script, frames=2)
