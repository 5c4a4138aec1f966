"""Amounts are shown exactly, in the currency's own digits."""

import pytest
from playwright.sync_api import expect

from tests.e2e.shop import Shop


@pytest.mark.parametrize(
    ("amount", "currency", "shown"),
    [
        ("100.00", "USD", "$100.00"),
        ("0.99", "EUR", "€0.99"),
        ("12800", "JPY", "¥12,800"),
        ("38.750", "KWD", "KWD 38.750"),
        ("1234567890123.45", "IDR", "IDR 1,234,567,890,123.45"),
        ("9007199254740993.01", "USD", "$9,007,199,254,740,993.01"),
        ("18499.50", "INR", "₹18,499.50"),
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
        ("de", "1.234,50\N{NO-BREAK SPACE}$"),
        ("tlh", "$1,234.50"),
        ("en-IN", "$1,234.50"),
        ("nonsense!", "$1,234.50"),
    ],
)
def test_the_locale_of_fields_is_followed_where_its_words_are_known(
    shop: Shop, locale: str, shown: str
) -> None:
    shop.tamper("message.locale = argument", locale)
    shop.open(shop.demo.new_payment("1234.50"))
    expect(shop.frame.locator("#amount")).to_have_text(shown)


def test_a_paid_amount_reaches_the_shop_exactly(shop: Shop) -> None:
    payment = shop.demo.new_payment("1234567890123.45", "IDR")
    shop.open(payment)
    shop.pay()
    shop.expect_paid()
    assert shop.demo.payment(payment).ps_sum == "1234567890123.45"
