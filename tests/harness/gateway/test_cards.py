"""Test cards: what happens, by the number; and nothing of a card is shown by accident."""

from datetime import UTC, datetime

import pytest
from payframe.harness.sandbox.cards import TEST_CARDS, Card, passes_luhn
from pydantic import ValidationError

from tests.harness.gateway.conftest import card


def read(number: str = "4242424242424242", **changes: object) -> Card:
    return Card.model_validate(card(number, **changes))


@pytest.mark.parametrize("number", TEST_CARDS)
def test_every_test_card_is_a_card_number(number: str) -> None:
    assert passes_luhn(number)
    assert read(number).instrument().brand == TEST_CARDS[number].brand


@pytest.mark.parametrize(
    ("number", "outcome"),
    [
        ("4242424242424242", "approve"),
        ("4000000000000002", "card_declined"),
        ("4000000000009995", "insufficient_funds"),
        ("4000000000000069", "expired_card"),
        ("4000000000003220", "challenge"),
        ("4000000000000077", "process"),
        ("4012888888881881", "not_a_test_card"),
    ],
)
def test_the_number_tells_the_outcome(number: str, outcome: str) -> None:
    assert read(number).instrument().token == outcome


def test_a_card_that_has_expired_is_declined_whatever_its_number() -> None:
    assert read(expiry_year=2020).instrument().token == "expired_card"


@pytest.mark.parametrize("number", ["4242424242424241", "4242424242424224", "111111111111"])
def test_a_wrong_digit_is_noticed(number: str) -> None:
    assert not passes_luhn(number)


def test_a_card_is_good_until_the_end_of_its_month() -> None:
    now = datetime.now(UTC)
    last_month = (now.year, now.month - 1) if now.month > 1 else (now.year - 1, 12)
    assert not read(expiry_year=now.year, expiry_month=now.month).has_expired()
    assert read(expiry_year=last_month[0], expiry_month=last_month[1]).has_expired()


def test_neither_a_card_nor_an_error_shows_the_number() -> None:
    assert "4242" not in repr(read())
    assert "9173" not in repr(read(cvc="9173"))
    with pytest.raises(ValidationError) as error:
        read("4242424242424242x")
    assert "4242" not in str(error.value)
    with pytest.raises(ValidationError) as error:
        read(cvc="91735")
    assert "9173" not in str(error.value)
