"""Calls as rows: what is told of them, and what never is."""

import json

from payframe.harness.studio.calls import without_card


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
