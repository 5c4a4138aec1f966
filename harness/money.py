"""Amounts as people read them; digit for digit, in any currency."""

import re
from decimal import Decimal

from babel.numbers import format_currency
from markupsafe import Markup

SPACE = "\N{NO-BREAK SPACE}"


def print_money(value: str, currency: str, locale: str = "en_US") -> str:
    """An amount as a shop of the locale prints it."""
    text = format_currency(Decimal(value), currency, locale=locale, decimal_quantization=False)
    # Babel leaves out CLDR's space between a code and the digits.
    return re.sub(r"(?<=[A-Za-z])(?=\d)", SPACE, text)


def money_markup(value: str, currency: str, locale: str = "en_US") -> Markup:
    """The same for a page: a line may end between currency and number, and nowhere else."""
    text = print_money(value, currency, locale)
    first, last = (re.search(each, text) for each in (rf"^\D*{SPACE}", rf"{SPACE}\D*$"))
    start, end = first.end() if first else 0, last.start() if last else len(text)
    parts = [text[:start].strip(), Markup("<b>{}</b>").format(text[start:end]), text[end:].strip()]
    return Markup('<span class="money">{}</span>').format(Markup(" ").join(filter(None, parts)))
