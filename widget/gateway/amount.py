"""The amount of a payment: a decimal string and its ISO 4217 code."""

from decimal import Decimal

from babel.numbers import get_currency_precision, list_currencies

from .problems import ProblemError


def format_amount(number: Decimal | int | None, currency: str | None) -> str:
    """The sum with at least the currency's digits: 100 USD -> "100.00", 12800 JPY -> "12800".

    Raises ProblemError for an amount that cannot be charged.
    """
    if currency not in list_currencies():
        raise ProblemError(
            422, "unknown_currency", f"The currency of this payment, {currency}, is not known."
        )
    if number is None or not Decimal(number).is_finite() or number <= 0:
        raise ProblemError(
            422,
            "nothing_to_pay",
            f"The amount of this payment is {number}: there is nothing to pay.",
        )
    decimal = Decimal(number)
    exponent = decimal.as_tuple().exponent
    digits = max(get_currency_precision(currency), -exponent if isinstance(exponent, int) else 0)
    return f"{decimal:.{digits}f}"
