"""What a screen reader reads, in its order: roles, names and what belongs to them."""

import pytest
from playwright.sync_api import expect

from tests.e2e.shop import Shop
from tests.e2e.states import every_state

ABOVE = r"""
- main:
  - heading "Northpay" [level=1]
  - term: Amount to pay
  - definition: €123,456.50
  - definition: /Payment \d+\/1/
"""
READ = {
    "ready, card": """
  - group "Payment method":
    - text: Payment method
    - radio "Card" [checked]
    - text: Card
    - radio "Bank account"
    - text: Bank account
    - radio "QR code"
    - text: QR code
    - radio "Bank transfer"
    - text: Bank transfer
  - text: Card number
  - textbox "Card number"
  - text: Expiry date
  - textbox "Expiry date"
  - text: Security code
  - textbox "Security code"
  - text: Name on card
  - textbox "Name on card"
  - paragraph: Your card details go straight to Northpay, not to the shop.
  - button "Pay €123,456.50"
""",
    "action_required, qr": """
  - heading "Scan to pay" [level=2]
  - paragraph: /Scan the code with your banking app\\./
  - img "Payment code"
  - 'button "Copy: Payment code"'
  - timer: /Time left/
  - button "Pay another way"
""",
    "action_required, transfer": """
  - heading "Transfer the amount" [level=2]
  - paragraph: /Use exactly this reference/
  - term: Recipient
  - definition:
    - text: Sandbox Payments Ltd
    - 'button "Copy: Recipient"'
  - term: IBAN
  - definition:
    - text: GB33 BUKB 2020 1555 5555 55
    - 'button "Copy: IBAN"'
  - term: Amount
  - definition:
    - text: 123456.50 EUR
    - 'button "Copy: Amount"'
  - term: Reference
  - definition:
    - text: /\\d+\\/1/
    - 'button "Copy: Reference"'
  - button "Pay another way"
""",
    "paid": """
  - heading "Paid" [level=2]
  - paragraph: €123,456.50 has been paid. Thank you.
  - button "Return to the shop"
""",
}


@pytest.mark.timeout(120)
def test_each_state_is_read_in_its_order(shop: Shop) -> None:
    read = set()
    for state in every_state(shop):
        if state in READ:
            expect(shop.widget).to_match_aria_snapshot(
                ABOVE.strip("\n").replace("- main:", "- main:\n  - /children: equal") + READ[state]
            )
            read.add(state)
    assert read == READ.keys()
