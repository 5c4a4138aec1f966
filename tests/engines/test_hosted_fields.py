"""The provider's own fields where the shop's style never arrives, three sites one in the other."""

from pathlib import Path

from tests.e2e.hosted import hosted_fields
from tests.e2e.widget_page import SUCCESS
from tests.engines.buyer import Buyer, expect

CARD = (SUCCESS.replace(" ", ""), "1230", "123", "Ava Thompson")
"""In the order of the fields."""
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
        for field, text in enumerate(CARD):
            buyer.engine.type_into(field, text)
        buyer.expect_text("Visa")
        buyer.click("Pay $100.00")
        buyer.expect_paid()
        assert server.is_paid(payment)
