"""A picture of the payment frame, as soon as it looks the same twice."""

import time
from collections.abc import Sequence

from playwright.sync_api import Locator

from .seller_page import SellerPage

TIMEOUT = 5.0
"""Seconds after which a page that never looks the same twice is taken as it is."""
FONTS = "() => document.fonts.ready.then(() => undefined)"


def picture(seller: SellerPage, mask: Sequence[Locator], *, full: bool) -> bytes:
    """A PNG of the frame, or of the shop's page, once it looks the same twice in a row.

    Its fonts have loaded; animations are at their end, and there is no caret.
    """
    for document in (seller.page, seller.document):
        document.evaluate(FONTS)

    def take() -> bytes:
        if full:
            return seller.page.screenshot(
                full_page=True, animations="disabled", caret="hide", scale="css", mask=mask
            )
        return seller.iframe.screenshot(animations="disabled", caret="hide", scale="css", mask=mask)

    end = time.monotonic() + TIMEOUT
    before, now = b"", take()
    while now != before and time.monotonic() < end:
        before, now = now, take()
    return now
