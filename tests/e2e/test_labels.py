"""Every label fits, in every language and state, also in a frame of 266 px, a phone's."""

from pathlib import Path
from typing import Any

import pytest

from tests.e2e.shop import Shop
from tests.e2e.states import every_state

LANGUAGES = sorted(path.stem for path in Path("widget/locales").glob("*.json"))
EVERY_DAY = ("de",)
"""The one with the longest words. From right to left, every state is seen by test_accessibility."""
WIDTHS = (320, 374)
"""Of the window; the frame is 54 px narrower."""

# Our own words are not broken to fit, as an IBAN or an address may be.
TOO_WIDE = """(page) => {
  const pen = document.createElement("canvas").getContext("2d");
  const room = (input) => {
    const { paddingLeft, paddingRight } = getComputedStyle(input);
    return input.clientWidth - parseFloat(paddingLeft) - parseFloat(paddingRight);
  };
  const hint = (input) => {
    pen.font = getComputedStyle(input).font;
    return pen.measureText(input.placeholder ?? "").width;
  };
  document.body.style.overflowWrap = document.body.style.wordBreak = "normal";
  for (const each of page.querySelectorAll("dl, #stop-reason, #description")) {
    each.style.overflowWrap = "anywhere";
  }
  const found = [...page.querySelectorAll("*")].filter((each) => {
    if (!each.checkVisibility() || getComputedStyle(each).display === "inline") return false;
    const box = each.getBoundingClientRect();
    return box.right > innerWidth + .5 || box.left < -.5 || each.scrollWidth > each.clientWidth + 1
      || (each.tagName === "INPUT" && hint(each) > room(each));
  }).map((each) => each.outerHTML);
  document.body.style = "";
  return found;
}"""
# The tops of the fields for the expiry date and the code, where they can be seen.
TOPS = """() => ["expiry", "cvc"].map((name) => document.getElementById(`card-${name}`))
  .filter((each) => each.checkVisibility({ visibilityProperty: true }))
  .map((each) => Math.round(each.getBoundingClientRect().top))"""

AS_WIDE = """(page, width) => new Promise((done) => {
  const look = () => innerWidth === width ? done() : requestAnimationFrame(look);
  look();
})"""


@pytest.mark.parametrize(
    "language",
    [
        pytest.param(
            language,
            marks=[
                pytest.mark.browser_context_args(locale=language),
                *([] if language in EVERY_DAY else [pytest.mark.slow]),
            ],
        )
        for language in LANGUAGES
    ],
)
def test_every_label_fits(shop: Shop, language: str) -> None:
    for state in every_state(shop, language=language):
        for width in WIDTHS:
            resize(shop, width)
            where = f"{language}, {state}, in a window of {width} px"
            assert shop.evaluate(TOO_WIDE) == [], where
            tops: list[Any] = shop.evaluate(TOPS)
            assert len(set(tops)) <= (2 if width == WIDTHS[0] else 1), where


def resize(shop: Shop, width: int) -> None:
    """Give the window a width, and wait until the frame's own process has heard of it."""
    shop.page.set_viewport_size({"width": width, "height": 1100})
    shop.evaluate(AS_WIDE, shop.iframe.evaluate("frame => frame.clientWidth"))
