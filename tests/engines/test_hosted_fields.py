"""The provider's own fields where the shop's style never arrives, three sites one in the other."""

from pathlib import Path

from tests.e2e.hosted import hosted_fields
from tests.e2e.widget_page import SUCCESS
from tests.engines.buyer import Buyer, expect

CARD = {
    "Card number": SUCCESS.replace(" ", ""),
    "Expiry date": "1230",
    "Security code": "123",
    "Name on card": "Ava Thompson",
}
MIDDLE = """(title) => {
  const { left, top, width, height } =
    document.querySelector(`iframe[title="${title}"]`).getBoundingClientRect();
  return [left + width / 2, top + height / 2];
}"""
BUSY = "() => document.getElementById('method-hosted_card').ariaBusy"
LOOK = """(page) => {
  const box = page.querySelector(".box");
  const { height } = box.getBoundingClientRect();
  return [Math.round(height), getComputedStyle(box).backgroundColor];
}"""


def test_a_card_pays_in_the_providers_fields(buyer: Buyer, tmp_path: Path) -> None:
    with hosted_fields(tmp_path) as server:
        payment = server.new_payment()
        buyer.engine.open(f"{server.addresses.seller}/payments/{payment}")
        buyer.expect_state("ready")
        expect(lambda: buyer.run(BUSY), "false")
        height, background = buyer.measure(LOOK)
        assert height == 46
        assert background != "rgba(0, 0, 0, 0)"
        buyer.click("Pay $100.00")
        buyer.expect_text("Fill in this field.")
        # By mouse: WebKit lets no script move the focus from one site's frame to another's.
        for number, (field, text) in enumerate(CARD.items()):
            buyer.engine.click(*buyer.run(MIDDLE, field))
            buyer.engine.type_into(number, text)
        buyer.expect_text("Visa")
        buyer.click("Pay $100.00")
        buyer.expect_paid()
        assert server.is_paid(payment)
