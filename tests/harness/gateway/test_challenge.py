"""Where the buyer confirms: in the frame for a card, on a page of its own for a bank."""

from collections.abc import Callable
from typing import Any

import httpx
import pytest

from tests.harness.gateway.conftest import Api, card
from tests.harness.support import add_payment, change_payment, read_payment

CHALLENGED = "4000000000003220"


def begin(api: Api, payment_id: int, **changes: Any) -> dict[str, Any]:
    payment: dict[str, Any] = api.attempt(
        api.opened(payment_id), **{"data": card(CHALLENGED), **changes}
    ).json()
    assert payment["status"] == "action_required"
    return payment


def answer(api: Api, url: str, choice: str | None) -> httpx.Response:
    return api.running.http.post(url, data={"answer": choice} if choice else {})


def test_a_cards_challenge_is_a_page_in_the_frame(api: Api) -> None:
    payment = begin(api, add_payment(api.running.store))
    action = payment["action"]
    assert action["target"] == "frame"
    assert action["url"].startswith(f"{api.running.addresses.gateway}/attempts/")
    page = api.running.http.get(action["url"])
    assert page.status_code == 200
    assert "$100.00" in page.text
    assert "Visa •••• 3220" in page.text
    assert CHALLENGED not in page.text


def test_a_bank_wants_the_whole_window(api: Api) -> None:
    payment = begin(api, add_payment(api.running.store), method="redirect", data={})
    assert payment["action"]["target"] == "top"
    assert "Pay from your account" in api.running.http.get(payment["action"]["url"]).text


@pytest.mark.parametrize("method", ["card", "redirect"])
def test_a_yes_pays_and_comes_back(api: Api, method: str) -> None:
    payment_id = add_payment(api.running.store)
    changes: dict[str, Any] = {"method": method} | ({"data": {}} if method == "redirect" else {})
    payment = begin(api, payment_id, **changes)
    back = answer(api, payment["action"]["url"], "approve")
    assert back.status_code == 303
    assert back.headers["location"] == api.running.addresses.widget
    assert api.read(payment["id"])["status"] == "paid"
    assert read_payment(api.running.store, payment_id).paid == "Y"


@pytest.mark.parametrize("choice", ["refuse", "nonsense", None])
def test_anything_but_a_yes_is_a_no(api: Api, choice: str | None) -> None:
    payment_id = add_payment(api.running.store)
    payment = begin(api, payment_id)
    back = answer(api, payment["action"]["url"], choice)
    assert back.headers["location"] == api.running.addresses.widget
    failed = api.read(payment["id"])
    assert failed["status"] == "failed"
    assert failed["error"]["code"] == "not_confirmed"
    assert failed["action"] is None
    assert read_payment(api.running.store, payment_id).paid == "N"


def test_only_the_first_answer_counts(api: Api) -> None:
    payment_id = add_payment(api.running.store)
    payment = begin(api, payment_id)
    for choice in ("refuse", "approve"):
        assert answer(api, payment["action"]["url"], choice).status_code == 303
    assert api.read(payment["id"])["status"] == "failed"
    assert read_payment(api.running.store, payment_id).paid == "N"


def test_a_payment_that_was_paid_elsewhere_meanwhile_is_not_charged(
    api: Api, charges: Callable[[], list[str]]
) -> None:
    payment_id = add_payment(api.running.store)
    payment = begin(api, payment_id)
    change_payment(api.running.store, payment_id, paid="Y")
    answer(api, payment["action"]["url"], "approve")
    assert api.read(payment["id"])["status"] == "paid"
    assert charges() == []


def test_an_amount_that_changed_meanwhile_is_not_charged(
    api: Api, charges: Callable[[], list[str]]
) -> None:
    payment_id = add_payment(api.running.store)
    payment = begin(api, payment_id)
    change_payment(api.running.store, payment_id, sum="120.00")
    page = answer(api, payment["action"]["url"], "approve")
    assert page.status_code == 409
    assert "The shop changed the amount." in page.text
    assert f'href="{api.running.addresses.widget}"' in page.text
    assert charges() == []


def test_an_answered_challenge_leads_straight_back(api: Api) -> None:
    payment = begin(api, add_payment(api.running.store))
    answer(api, payment["action"]["url"], "approve")
    again = api.running.http.get(payment["action"]["url"])
    assert again.status_code == 303
    assert again.headers["location"] == api.running.addresses.widget


def test_another_attempt_gives_up_the_challenge(api: Api) -> None:
    payment_id = add_payment(api.running.store)
    payment = begin(api, payment_id)
    declined = api.attempt(payment["id"], "key-2", data=card("4000000000000002")).json()
    assert declined["status"] == "failed"
    answer(api, payment["action"]["url"], "approve")
    assert read_payment(api.running.store, payment_id).paid == "N"
    assert api.read(payment["id"])["status"] == "failed"


def test_a_return_url_is_followed_as_it_was_and_never_split_a_header(api: Api) -> None:
    back = f"{api.running.addresses.widget}?a=b\r\nX-Evil: 1"
    payment = begin(api, add_payment(api.running.store), return_url=back)
    response = answer(api, payment["action"]["url"], "approve")
    assert "x-evil" not in response.headers
    assert response.headers["location"].startswith(api.running.addresses.widget)


def test_an_unknown_challenge_is_told_in_words(api: Api) -> None:
    url = f"{api.running.addresses.gateway}/attempts/nothing/challenge"
    for response in (api.running.http.get(url), answer(api, url, "approve")):
        assert response.status_code == 404
        assert "This attempt is not known" in response.text
        assert "Traceback" not in response.text
