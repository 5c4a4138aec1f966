"""Faults on demand: what the page meets when the gateway is ill."""

import time

import pytest

from tests.harness.gateway.conftest import Api
from tests.harness.support import Running, add_payment


def fault(running: Running, **wanted: object) -> int:
    url = f"{running.addresses.gateway}/faults"
    return running.http.post(url, json=wanted).status_code


def open_payment(running: Running, payment_id: int) -> object:
    return running.http.post(
        f"{running.addresses.gateway}/payments",
        json={"payment_id": payment_id, "paysystem_id": 1},
    )


def test_faults_answer_in_their_order_and_then_the_api_is_well_again(api: Api) -> None:
    running = api.running
    payment_id = add_payment(running.store)
    assert fault(running, fault="error", times=2) == 201
    assert fault(running, fault="garbage") == 201
    url, body = (
        f"{running.addresses.gateway}/payments",
        {"payment_id": payment_id, "paysystem_id": 1},
    )
    answers = [running.http.post(url, json=body) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [500, 500, 200]
    assert answers[2].headers["content-type"].startswith("text/html")
    assert api.open(payment_id).status_code == 201


def test_a_slow_answer_is_right_when_it_comes(api: Api) -> None:
    payment_id = add_payment(api.running.store)
    fault(api.running, fault="slow", seconds=0.2)
    start = time.monotonic()
    assert api.open(payment_id).status_code == 201
    assert time.monotonic() - start >= 0.2


def test_faults_can_be_ended(api: Api) -> None:
    fault(api.running, fault="error", times=100)
    assert api.running.http.delete(f"{api.running.addresses.gateway}/faults").status_code == 204
    assert api.open(add_payment(api.running.store)).status_code == 201


@pytest.mark.parametrize(
    "wanted",
    [{}, {"fault": "fire"}, {"fault": "error", "times": 0}, {"fault": "slow", "seconds": -1}],
)
def test_an_unknown_fault_is_refused(api: Api, wanted: dict[str, object]) -> None:
    response = api.call("POST", "/faults", json=wanted)
    assert response.status_code == 422


@pytest.mark.parametrize(
    ("verb", "headers", "status"),
    [
        ("POST", {"Content-Type": "text/plain"}, 415),
        ("POST", {"Content-Type": "application/x-www-form-urlencoded"}, 415),
        ("POST", {}, 415),
        ("POST", {"Content-Type": "application/json", "Origin": "https://evil.example"}, 403),
        ("POST", {"Content-Type": "application/json", "Origin": "null"}, 403),
        ("DELETE", {"Origin": "https://evil.example"}, 403),
        ("POST", {"Content-Type": "application/json; charset=utf-8"}, 201),
    ],
)
def test_a_page_that_the_developer_visits_sets_and_ends_no_fault(
    alone: Running, verb: str, headers: dict[str, str], status: int
) -> None:
    url = f"{alone.addresses.gateway}/faults"
    body = b'{"fault": "error"}' if verb == "POST" else b""
    answer = alone.http.request(verb, url, content=body, headers=headers)
    assert answer.status_code == status
    opened = alone.http.get(f"{alone.addresses.gateway}/payments/none")
    assert opened.status_code == (500 if status == 201 else 404)


def test_the_gateways_own_pages_may_set_faults(alone: Running) -> None:
    headers = {"Origin": alone.addresses.service}
    url = f"{alone.addresses.gateway}/faults"
    assert alone.http.post(url, json={"fault": "error"}, headers=headers).status_code == 201
    assert alone.http.delete(url, headers=headers).status_code == 204
