"""Amounts are shown exactly, in the currency's own digits."""

import pytest
from playwright.sync_api import expect

from tests.e2e.shop import Shop
from tests.slow import slow


@pytest.mark.parametrize(
    ("amount", "currency", "shown"),
    [
        ("100.00", "USD", "$100.00"),
        ("0.99", "EUR", "€0.99"),
        *slow(
            ("12800", "JPY", "¥12,800"),
            ("38.750", "KWD", "KWD 38.750"),
            ("1234567890123.45", "IDR", "IDR 1,234,567,890,123.45"),
            ("9007199254740993.01", "USD", "$9,007,199,254,740,993.01"),
            ("18499.50", "INR", "₹18,499.50"),
        ),
    ],
)
def test_the_amount_is_exact(shop: Shop, amount: str, currency: str, shown: str) -> None:
    shop.open(shop.demo.new_payment(amount, currency))
    text = shown.replace("D ", "D\N{NO-BREAK SPACE}").replace("R ", "R\N{NO-BREAK SPACE}")
    expect(shop.frame.locator("#amount")).to_have_text(text)
    expect(shop.pay_button).to_have_text(f"Pay {text}")


@pytest.mark.parametrize(
    ("locale", "shown"),
    [
        ("en-GB", "US$1,234.50"),
        *slow(
            ("de", "1.234,50\N{NO-BREAK SPACE}$"),
            ("tlh", "$1,234.50"),
            ("en-IN", "$1,234.50"),
            ("nonsense!", "$1,234.50"),
        ),
    ],
)
def test_the_locale_of_fields_is_followed_where_its_words_are_known(
    shop: Shop, locale: str, shown: str
) -> None:
    shop.tamper("message.locale = argument", locale)
    shop.open(shop.demo.new_payment("1234.50"))
    expect(shop.frame.locator("#amount")).to_have_text(shown)


@pytest.mark.parametrize("width", [320, *slow(360, 1280)])
@pytest.mark.parametrize("theme", ["brand", *slow("light")])
def test_a_number_is_never_broken(shop: Shop, width: int, theme: str) -> None:
    """Neither on top nor on the button; the currency may stand on a line of its own."""
    shop.page.set_viewport_size({"width": width, "height": 900})
    shop.open(shop.demo.new_payment("1234567890123.45", "IDR"), theme)
    for place in ("#amount", "#pay-text"):
        lines = shop.frame.locator(place).evaluate(LINES_OF, "1,234,567,890,123.45")
        assert lines == 1, place


# The lines that a text inside an element takes up.
LINES_OF = """(element, text) => {
  const node = element.firstChild, start = node.data.indexOf(text), range = new Range();
  range.setStart(node, start);
  range.setEnd(node, start + text.length);
  return new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size;
}"""


def test_the_platforms_message_pays_an_amount_that_it_rounds(shop: Shop) -> None:
    """A live portal writes SUM as PHP prints a float, and all values as strings."""
    payment = shop.demo.new_payment("1234567890123.45", "IDR")
    params = {"SUM": "1234567890123.4", "PAYMENT_ID": str(payment), "PAYSYSTEM_ID": "1"}
    shop.tamper("Object.assign(message.BX_SYSTEM_PARAMS, argument)", params)
    shop.open(payment)
    expect(shop.frame.locator("#amount")).to_have_text("IDR 1,234,567,890,123.45")
    shop.pay()
    shop.expect_paid()
    assert shop.demo.payment(payment).ps_sum == "1234567890123.45"


def test_a_paid_amount_reaches_the_shop_exactly(shop: Shop) -> None:
    payment = shop.demo.new_payment("1234567890123.45", "IDR")
    shop.open(payment)
    shop.pay()
    shop.expect_paid()
    assert shop.demo.payment(payment).ps_sum == "1234567890123.45"
