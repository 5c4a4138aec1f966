"""The money of a code or a transfer arrives on demand, and only shops and programs demand it."""

import httpx
import pytest

from tests.harness.gateway.conftest import Api, problem_code
from tests.harness.support import add_payment, read_payment


def waiting(api: Api, method: str = "transfer") -> int:
    payment_id = add_payment(api.running.store)
    asked = api.attempt(api.opened(payment_id), method=method, data={})
    assert asked.json()["status"] == "action_required"
    return payment_id


def arrive(
    api: Api, payment_id: object, origin: str | None = None, back: str = ""
) -> httpx.Response:
    return api.running.http.post(
        f"{api.running.addresses.gateway}/arrivals",
        data={"payment_id": str(payment_id), "back": back},
        headers={"Origin": origin} if origin else {},
    )


@pytest.mark.parametrize("method", ["qr", "transfer"])
def test_what_waits_is_paid_and_the_browser_goes_back_to_the_shop(api: Api, method: str) -> None:
    payment_id = waiting(api, method)
    shop = api.running.addresses.seller
    answer = arrive(api, payment_id, shop, f"{shop}/payments/{payment_id}")
    assert answer.status_code == 303
    assert answer.headers["location"] == f"{shop}/payments/{payment_id}"
    assert read_payment(api.running.store, payment_id).paid == "Y"


def test_a_program_gets_json(api: Api) -> None:
    payment_id = waiting(api)
    assert arrive(api, payment_id).json() == {"payment_id": payment_id}
    again = arrive(api, payment_id)
    assert again.status_code == 409
    assert problem_code(again) == "nothing_waits"


@pytest.mark.parametrize("origin", ["https://evil.example", "null"])
def test_pages_of_other_origins_pay_nothing(api: Api, origin: str) -> None:
    payment_id = waiting(api)
    assert arrive(api, payment_id, origin).status_code == 403
    assert read_payment(api.running.store, payment_id).paid == "N"


@pytest.mark.parametrize("method", ["card", "redirect"])
def test_what_the_buyer_confirms_elsewhere_is_no_arrival(api: Api, method: str) -> None:
    payment_id = add_payment(api.running.store)
    number = api.opened(payment_id)
    if method == "redirect":
        api.attempt(number, method=method, data={})
    assert arrive(api, payment_id).status_code == 409
    assert arrive(api, "x").status_code == 409


def test_nobody_is_sent_to_another_site(api: Api) -> None:
    payment_id = waiting(api)
    assert arrive(api, payment_id, back="https://evil.example/").status_code == 200
