"""Two pages side by side, compared as snapshots are: where an eye would see that they differ."""

from dataclasses import dataclass

from playwright.sync_api import Error

from payframe.errors import PayframeError

from ..browser.chromium import open_chromium
from ..browser.comparison import THRESHOLD, Comparison, compare
from ..browser.picture import picture
from ..browser.seller_page import HEIGHT, NoFrameError, SellerPage

WIDEST = 2000


class NotComparedError(PayframeError):
    """One of the two pages cannot be shown; the message says why."""


@dataclass(frozen=True)
class Shown:
    """A payment page of the shop: its path, and the width of its window in CSS px."""

    path: str
    width: int


def compare_pages(seller: str, before: Shown, now: Shown) -> Comparison:
    """Compare the frames of two of the shop's pages, in a browser without a window.

    `seller` is the shop's base URL. Raises NotComparedError and NoBrowserError.
    """
    with open_chromium() as browser:

        def taken(shown: Shown) -> bytes:
            width = min(shown.width, WIDEST)
            page = browser.new_page(viewport={"width": width, "height": HEIGHT})
            shop = SellerPage(page, seller)
            try:
                page.goto(seller + shown.path, wait_until="domcontentloaded")
                shop.wait_for_load()
                return picture(shop, [], full=False)
            except (Error, NoFrameError) as error:
                raise NotComparedError(f"A page cannot be shown: {error}") from error

        return compare(taken(before), taken(now), THRESHOLD)
