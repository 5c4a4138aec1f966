"""The sandbox's test cards: what happens, by the number.

The numbers are those that developers know by heart from the large payment services.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated

from payframe.widget.gateway.reasons import reason
from payframe.widget.gateway.service import integer
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from payframe.gateway import Instrument

Integer = Annotated[int, Field(strict=True), BeforeValidator(integer)]


@dataclass(frozen=True)
class TestCard:
    """`brand` is as the payment page names it. `outcome` is what happens, else why it declines."""

    brand: str
    outcome: str


TEST_CARDS = {
    "4242424242424242": TestCard("Visa", "approve"),
    "4111111111111111": TestCard("Visa", "approve"),
    "5555555555554444": TestCard("Mastercard", "approve"),
    "378282246310005": TestCard("American Express", "approve"),
    "4000000000000002": TestCard("Visa", "card_declined"),
    "4000000000009995": TestCard("Visa", "insufficient_funds"),
    "4000000000000069": TestCard("Visa", "expired_card"),
    "4000000000003220": TestCard("Visa", "challenge"),
    "4000000000000077": TestCard("Visa", "process"),
}
OUTCOMES = {
    "approve": "Paid.",
    "challenge": "Asks for a 3-D Secure challenge.",
    "process": "Stays in processing for 3 seconds, then paid.",
}
"""For people; what declines says so itself."""
UNKNOWN_CARD = TestCard("unknown", "not_a_test_card")
NOT_A_TEST_CARD = "This sandbox takes test cards only, such as 4242 4242 4242 4242."


def passes_luhn(number: str) -> bool:
    """Whether the last of some digits fits the others, as a card's does (ISO/IEC 7812-1)."""
    doubled = [int(digit) * (2 if n % 2 else 1) for n, digit in enumerate(reversed(number))]
    return sum(sum(divmod(value, 10)) for value in doubled) % 10 == 0


def described_cards() -> list[tuple[str, str]]:
    """Each number as it is printed on a card, and what happens."""
    return [
        (_grouped(number), OUTCOMES.get(card.outcome) or reason(card.outcome))
        for number, card in TEST_CARDS.items()
    ]


def _grouped(number: str) -> str:
    if len(number) == 15:
        return f"{number[:4]} {number[4:10]} {number[10:]}"
    return " ".join(number[n : n + 4] for n in range(0, len(number), 4))


class Card(BaseModel):
    """A card as the buyer typed it. It lives as long as the request; nothing keeps it."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    number: str = Field(pattern=r"^[0-9]{12,19}$", repr=False)
    expiry_month: Integer = Field(ge=1, le=12)
    expiry_year: Integer = Field(ge=2000, le=2100)
    cvc: str = Field(pattern=r"^[0-9]{3,4}$", repr=False)
    name: str = Field(min_length=1, max_length=100)

    @property
    def last4(self) -> str:
        return self.number[-4:]

    def has_expired(self) -> bool:
        today = datetime.now(UTC)
        return (self.expiry_year, self.expiry_month) < (today.year, today.month)

    def instrument(self) -> Instrument:
        card = TEST_CARDS.get(self.number, UNKNOWN_CARD)
        outcome = "expired_card" if self.has_expired() else card.outcome
        return Instrument(outcome, card.brand, self.last4)
