"""Calls as rows: what is told of them, and what never is."""

import json

import pytest
from payframe.harness.portal.log import KEPT_TEXT
from payframe.harness.studio.calls import exchange, without_card


def test_no_card_and_no_secret_is_left() -> None:
    body = {
        "method": "card",
        "card": {"number": "4242424242424242", "cvc": "123", "name": "Ava", "expiry_year": 2030},
        "fields": {"serviceKey": "top secret", "serviceid": "4411"},
        "list": [{"number": "4000000000000002"}],
    }
    left = without_card(json.dumps(body))
    for secret in ("4242424242424242", "123", "top secret", "4000000000000002"):
        assert secret not in left
    assert json.loads(left)["fields"]["serviceid"] == "4411"
    assert json.loads(left)["card"]["name"] == "Ava"


def test_what_is_no_json_is_left_but_for_tokens() -> None:
    assert without_card("phone=1&auth=0123456789abcdef") == "phone=1&auth=0123…"
    assert without_card("") == ""


@pytest.mark.parametrize(
    "body",
    [
        json.dumps({"method": "card", "pan": "4242424242424242"}),
        json.dumps(["4242 4242 4242 4242"]),
        "order=17&cc=4242+4242+4242+4242",
        "order=17&cc=4242%204242%204242%204242",
        "card 4242-4242-4242-4242 of order 17",
    ],
)
def test_a_card_number_is_masked_whatever_it_is_called(body: str) -> None:
    left = without_card(body)
    assert "4242" not in left
    assert "•••" in left


def test_digits_that_are_no_card_number_can_be_read() -> None:
    told = "order=1234567890123456&sum=12345678901234.45&time=1795728000000"
    assert without_card(told) == told


def test_of_a_long_body_a_part_is_kept_and_nothing_of_a_card_in_it() -> None:
    body = json.dumps({"note": "x" * KEPT_TEXT, "card": {"number": "4242424242424242"}})
    kept = exchange("POST", "http://gateway/", {}, without_card(body), 200, "", 0.1)
    assert len(kept["request"]["body"]) <= KEPT_TEXT + 1
    late = json.dumps(
        {"card": {"number": "4242424242424242", "cvc": "917"}, "note": "x" * KEPT_TEXT}
    )
    assert "•••" in exchange("POST", "", {}, without_card(late), 200, "", 0.1)["request"]["body"]
