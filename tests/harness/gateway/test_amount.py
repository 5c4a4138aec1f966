"""The portal's number becomes the decimal string that is shown and charged."""

from decimal import Decimal

import pytest
from payframe.widget.gateway.amount import format_amount
from payframe.widget.gateway.problems import ProblemError


@pytest.mark.parametrize(
    ("number", "currency", "value"),
    [
        (100, "USD", "100.00"),
        (Decimal("100.5"), "USD", "100.50"),
        (Decimal("0.99"), "EUR", "0.99"),
        (12800, "JPY", "12800"),
        (Decimal("12800.5"), "JPY", "12800.5"),
        (Decimal("38.75"), "KWD", "38.750"),
        (Decimal("1234567890123.45"), "IDR", "1234567890123.45"),
        (Decimal("12345678901234567.89"), "USD", "12345678901234567.89"),
        (Decimal("1E+3"), "USD", "1000.00"),
        (Decimal("1E-7"), "USD", "0.0000001"),
        (10**25, "USD", f"{10**25}.00"),
    ],
)
def test_an_amount_keeps_every_digit_and_has_at_least_the_currencys(
    number: Decimal | int, currency: str, value: str
) -> None:
    assert format_amount(number, currency) == value


@pytest.mark.parametrize(
    "number", [None, 0, -1, Decimal("0.00"), Decimal("-0.01"), Decimal("NaN"), Decimal("Infinity")]
)
def test_what_is_no_amount_is_nothing_to_pay(number: Decimal | int | None) -> None:
    with pytest.raises(ProblemError) as problem:
        format_amount(number, "USD")
    assert problem.value.code == "nothing_to_pay"


@pytest.mark.parametrize("currency", [None, "", "usd", "US", "ZZZ", "$"])
def test_an_unknown_currency_is_refused(currency: str | None) -> None:
    with pytest.raises(ProblemError) as problem:
        format_amount(100, currency)
    assert problem.value.code == "unknown_currency"
    assert str(currency) in problem.value.detail
