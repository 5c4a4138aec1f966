"""What the API takes and what it refuses: requests, addresses to return to, and what it keeps."""

import re
from pathlib import Path
from typing import Any

import pytest
from payframe.harness.store.database import Store

from tests.harness.gateway.conftest import APPROVED, Api, card, problem_code
from tests.harness.support import (
    Running,
    add_payment,
    serve,
)


@pytest.mark.parametrize(
    "url",
    [
        "https://evil.example/",
        "javascript:alert(1)",
        "/widget/",
        "",
        "http://[",
        "http://localhost:1@evil.example/",
        "http://127.0.0.1.evil.example/",
        "null",
    ],
)
def test_a_return_to_a_stranger_is_refused(api: Api, url: str) -> None:
    gateway_id = api.opened(add_payment(api.running.store))
    response = api.attempt(gateway_id, return_url=url)
    assert response.status_code == 422
    assert problem_code(response) == "return_url_refused"
    assert api.read(gateway_id)["status"] == "open"


def test_a_return_to_the_page_or_the_shop_is_accepted(api: Api) -> None:
    addresses = api.running.addresses
    for url in (f"{addresses.widget}?a=b#c", f"{addresses.seller}/payments/1"):
        gateway_id = api.opened(add_payment(api.running.store))
        assert api.attempt(gateway_id, return_url=url).status_code == 201


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ("", ""),
        ("{", ""),
        ("[]", ""),
        ('{"payment_id": 1}', "paysystem_id"),
        ('{"payment_id": [], "paysystem_id": 1}', "payment_id"),
        ('{"payment_id": 1, "paysystem_id": 1, "sum": 1}', "sum"),
        ('{"payment_id": 1, "paysystem_id": 1, "fields": {"a": []}}', "fields.a"),
        ('{"payment_id": 1, "paysystem_id": 1, "fields": []}', "fields"),
    ],
)
def test_a_wrong_request_is_told_which_field_it_is(api: Api, body: str, field: str) -> None:
    response = api.call("POST", "/payments", content=body)
    assert response.status_code == 422
    assert problem_code(response) == "invalid_request"
    assert any(each["field"].startswith(field) for each in response.json()["errors"])


@pytest.mark.parametrize(
    "changes",
    [
        {"data": {}},
        {"data": card("4242424242424241")},
        {"data": card("4242")},
        {"data": card("４２４２４２４２４２４２４２４２")},
        {"data": card("4242 4242 4242 4242")},
        {"data": card(cvc="12")},
        {"data": card(cvc="١٢٣")},
        {"data": card(expiry_month=13)},
        {"data": card(expiry_year=40)},
        {"data": card(name="")},
        {"data": card(pin="1234")},
        {"method": "cash"},
    ],
)
def test_a_wrong_attempt_leaves_no_trace(api: Api, changes: dict[str, Any]) -> None:
    gateway_id = api.opened(add_payment(api.running.store))
    response = api.attempt(gateway_id, **changes)
    assert response.status_code == 422
    assert problem_code(response) in ("invalid_request", "invalid_card", "method_unknown")
    assert api.read(gateway_id)["status"] == "open"


def test_an_unknown_payment_is_not_found(api: Api) -> None:
    response = api.call("GET", "/payments/pay_nothing")
    assert response.status_code == 404
    assert problem_code(response) == "payment_not_found"
    assert api.attempt("pay_nothing").status_code == 404


def test_what_the_api_does_not_have_is_a_problem_too(api: Api) -> None:
    assert api.call("GET", "/nothing").status_code == 404
    assert api.call("GET", "/payments").status_code == 405


def test_pages_on_other_origins_may_use_the_api(api: Api) -> None:
    response = api.running.http.options(
        f"{api.running.addresses.gateway}/payments",
        headers={
            "Origin": "https://pay.example.com",
            "Access-Control-Request-Method": "POST",
            "Access-Control-Request-Headers": "idempotency-key",
        },
    )
    assert response.headers["access-control-allow-origin"] == "*"
    assert "access-control-allow-credentials" not in response.headers


def test_the_description_is_served(running: Running) -> None:
    response = running.http.get(f"{running.addresses.gateway}/openapi.yaml")
    assert response.text.startswith("openapi: 3.1")


def written_by(running: Running) -> bytes:
    """The bytes of the database and of the files beside it, less times, which have any digits."""
    files = running.dist.parent.glob("harness.db*")
    return re.sub(rb":\d\d\.\d{6}", b"", b"".join(path.read_bytes() for path in files))


@pytest.mark.parametrize("number", [APPROVED, "4000000000000002", "4242424242424241", "42424242x"])
def test_no_card_is_ever_written_anywhere(
    api: Api, caplog: pytest.LogCaptureFixture, number: str
) -> None:
    caplog.set_level("DEBUG")
    gateway_id = api.opened(add_payment(api.running.store))
    answer = api.attempt(gateway_id, data=card(number, cvc="9173", name="Zebulon"))
    written = written_by(api.running)
    assert gateway_id.encode() in written
    for secret in (number, "9173", "Zebulon"):
        assert secret not in caplog.text
        assert secret not in answer.text
        assert secret.encode() not in written


def test_brand_and_last_four_digits_are_kept(api: Api) -> None:
    api.attempt(api.opened(add_payment(api.running.store)))
    written = written_by(api.running)
    assert "Visa •••• 4242".encode() in written


@pytest.mark.parametrize(
    ("url", "status"),
    [
        ("https://one.shop.example/pay", 201),
        ("https://shop.example/pay", 422),
        ("https://evil.example/.shop.example", 422),
        ("https://evil.example\\.shop.example/", 422),
        ("http://127.0.0.2:8123/", 201),
        ("http://127.0.0.2.evil.example/", 422),
        ("http://127.0.0.2:1@evil.example/", 422),
    ],
)
def test_a_return_to_an_allowed_seller_is_accepted(
    store: Store, tmp_path: Path, url: str, status: int
) -> None:
    allowed = ["https://*.shop.example", "http://127.0.0.2:*"]
    with serve(store, tmp_path, allowed_sellers=allowed) as running:
        api = Api(running)
        gateway_id = api.opened(add_payment(store))
        assert api.attempt(gateway_id, return_url=url).status_code == status
