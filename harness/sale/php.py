"""How the platform, which is written in PHP, puts values into text."""

from decimal import Decimal

PRECISION = 14
"""Significant digits of a float in text, PHP's setting `precision`."""


def float_text(number: str) -> str:
    """A decimal number as PHP prints the float that it becomes on the platform.

    100.00 -> 100, 249.90 -> 249.9, 1234567890123.45 -> 1234567890123.4, 1e15 -> 1.0E+15.
    """
    mantissa, _, power = f"{float(Decimal(number)):.{PRECISION - 1}E}".partition("E")
    exponent = int(power)
    if -5 < exponent < PRECISION:
        text = f"{float(Decimal(number)):.{max(0, PRECISION - 1 - exponent)}f}"
        return text.rstrip("0").rstrip(".") if "." in text else text
    digits = mantissa.rstrip("0")
    return f"{digits}0E{exponent:+d}" if digits.endswith(".") else f"{digits}E{exponent:+d}"
