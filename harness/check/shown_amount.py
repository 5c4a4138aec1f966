"""Whether a text shows an amount, however it is written."""

import re
import unicodedata
from collections.abc import Iterator
from decimal import Decimal

NUMBER = re.compile(r"\d(?:[\d\s.,'’٬٫]*\d)?")
DECIMAL_SIGN = re.compile(r"[.,٫](?=\d{1,3}$)")
GROUPING = re.compile(r"[\s.,'’٬٫]")


def shows(text: str, amount: str) -> bool:
    """Whether a decimal string is among the numbers of a text: 1234.50 as 1,234.50 or 1.234,5."""
    return Decimal(amount) in set(numbers(text))


def numbers(text: str) -> Iterator[Decimal]:
    """Every number of a text, in each way that it can be read."""
    for found in NUMBER.findall(_ascii_digits(text)):
        yield Decimal(GROUPING.sub("", found))
        if sign := DECIMAL_SIGN.search(found):
            whole, part = found[: sign.start()], found[sign.end() :]
            yield Decimal(f"{GROUPING.sub('', whole)}.{part}")


def _ascii_digits(text: str) -> str:
    return "".join(
        str(unicodedata.digit(letter)) if letter.isdecimal() else letter for letter in text
    )
