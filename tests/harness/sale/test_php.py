"""Amounts in the platform's messages are written as PHP prints floats."""

import pytest
from payframe.harness.sale.php import float_text


@pytest.mark.parametrize(
    ("number", "text"),
    [
        ("100.00", "100"),
        ("249.90", "249.9"),
        ("38.750", "38.75"),
        ("12800", "12800"),
        ("1700", "1700"),
        ("0.10", "0.1"),
        ("0.01", "0.01"),
        ("0", "0"),
        ("1234567890123.45", "1234567890123.4"),
        ("123456789.123456789", "123456789.12346"),
        ("99999999999999", "99999999999999"),
        ("100000000000000", "1.0E+14"),
        ("123456789012345678", "1.2345678901235E+17"),
        ("1e15", "1.0E+15"),
        ("0.00001", "1.0E-5"),
    ],
)
def test_a_float_has_fourteen_digits_and_no_zeros_at_its_end(number: str, text: str) -> None:
    assert float_text(number) == text
