"""What a screen reader reads, in its order: roles, names and what belongs to them."""

import pytest
from playwright.sync_api import expect

from .shop import Shop
from .states import every_state

HEADER = """
  - heading "Northpay" [level=1]
  - term: Amount to pay
  - definition: €123,456.50
  - definition: /Payment \\d+\\/1/
"""
METHODS = """
  - group "Payment method":
    - radio "Card"{card}
    - text: Card
    - radio "Bank account"
    - text: Bank account
    - radio "QR code"{qr}
    - text: QR code
    - radio "Bank transfer"
    - text: Bank transfer
"""
READ = {
    "ready, card": HEADER
    + METHODS.format(card=" [checked]", qr="")
    + """
  - text: Card number
  - textbox "Card number"
  - text: Expiry date
  - textbox "Expiry date": {placeholder: "MM / YY"}
"""
}


@pytest.mark.parametrize("_", [0])
def test_draft(shop: Shop, _: int) -> None:
    for state in every_state(shop):
        print("##", state)
        print(shop.widget.aria_snapshot())
        expect(shop.widget).to_be_visible()
