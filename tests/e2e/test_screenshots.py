"""Pictures of the shop's whole page show the frame at its one size."""

import io

import pytest
from PIL import Image

from .shop import Shop
from .test_sizing import expect_fit

PICTURES = 100


@pytest.mark.slow
def test_a_hundred_full_page_pictures_have_one_height(shop: Shop) -> None:
    """Chromium gives the frame no width for a moment of some of them."""
    shop.open(shop.demo.new_payment())
    expect_fit(shop)
    shop.forget()
    heights = {
        Image.open(io.BytesIO(shop.page.screenshot(full_page=True))).height for _ in range(PICTURES)
    }
    assert len(heights) == 1
    assert shop.sizes() == []
