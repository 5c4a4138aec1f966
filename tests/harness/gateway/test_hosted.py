"""The sandbox's form and checkout endpoints, as a shop and a buyer's browser use them."""

from collections.abc import Callable
from itertools import count
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest

from tests.harness.support import Running, add_payment, change_payment, read_payment

NUMBERS = count(1)


def shop_page(running: Running) -> str:
    return f"{running.addresses.seller}/payments/1?theme=dark"


def new_payment(running: Running, **fields: Any) -> tuple[int, str]:
    """A payment with a number of its own: its ID and its number."""
    number = f"H-{next(NUMBERS)}/1"
    return add_payment(running.store, account_number=number, **fields), number


def send_form(
    running: Running, number: str, method: str = "POST", **changes: str
) -> httpx.Response:
    sent = {
        "paymentId": number,
        "BX_PAYSYSTEM_ID": "1",
        "BX_RETURN_URL": shop_page(running),
        **changes,
    }
    url = f"{running.addresses.gateway}/form"
    return (
        running.http.post(url, data=sent)
        if method == "POST"
        else running.http.get(url, params=sent)
    )


def call(running: Running, payment_id: int, **changes: str) -> dict[str, Any]:
    system = {
        "RETURN_URL": shop_page(running),
        "PAYSYSTEM_ID": "1",
        "PAYMENT_ID": str(payment_id),
        "SUM": "100.00",
        "CURRENCY": "USD",
        **changes,
    }
    answer = running.http.post(
        f"{running.addresses.gateway}/checkout",
        data={f"BX_SYSTEM_PARAMS[{name}]": value for name, value in system.items()},
    )
    assert answer.status_code == 200
    content: dict[str, Any] = answer.json()
    return content


def confirm(running: Running, url: str, answer: str = "approve") -> str:
    """Answer at the test bank; where that leads."""
    page = running.http.get(url)
    assert "Pay from your account" in page.text
    sent = running.http.post(url, data={"answer": answer})
    assert sent.status_code == 303
    return sent.headers["location"]


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_the_form_leads_to_the_bank_and_back(
    running: Running, charges: Callable[[], list[str]], method: str
) -> None:
    payment_id, number = new_payment(running)
    sent = send_form(running, number, method)
    assert sent.status_code == 303
    assert confirm(running, sent.headers["location"]) == shop_page(running)
    assert read_payment(running.store, payment_id).paid == "Y"
    assert charges() == [str(payment_id)]


def test_a_checkout_answers_a_page_and_the_services_own_id(
    running: Running, charges: Callable[[], list[str]]
) -> None:
    payment_id, _ = new_payment(running)
    answer = call(running, payment_id)
    assert set(answer) == {"PAYMENT_URL", "PAYMENT_ID"}
    assert confirm(running, answer["PAYMENT_URL"]) == shop_page(running)
    paid = read_payment(running.store, payment_id)
    assert (paid.paid, paid.ps_invoice_id) == ("Y", answer["PAYMENT_ID"])
    assert charges() == [str(payment_id)]


def test_called_again_it_is_the_same_page(running: Running) -> None:
    payment_id, number = new_payment(running)
    first = call(running, payment_id)
    assert call(running, payment_id, EXTERNAL_PAYMENT_ID=first["PAYMENT_ID"]) == first
    assert send_form(running, number).headers["location"] == first["PAYMENT_URL"]


def test_refused_at_the_bank_it_can_be_paid_at_another_page(running: Running) -> None:
    payment_id, _ = new_payment(running)
    first = call(running, payment_id)
    assert confirm(running, first["PAYMENT_URL"], "refuse") == shop_page(running)
    assert read_payment(running.store, payment_id).paid == "N"
    second = call(running, payment_id)
    assert second["PAYMENT_ID"] == first["PAYMENT_ID"]
    assert second["PAYMENT_URL"] != first["PAYMENT_URL"]
    confirm(running, second["PAYMENT_URL"])
    assert read_payment(running.store, payment_id).paid == "Y"


def test_a_paid_payment_leads_straight_back(
    running: Running, charges: Callable[[], list[str]]
) -> None:
    payment_id, number = new_payment(running, paid="Y")
    assert send_form(running, number).headers["location"] == shop_page(running)
    assert call(running, payment_id)["PAYMENT_URL"] == shop_page(running)
    assert charges() == []


def test_without_a_return_url_the_buyer_ends_at_a_page_of_the_bank(running: Running) -> None:
    _, number = new_payment(running)
    sent = send_form(running, number, "GET", BX_RETURN_URL="")
    done = confirm(running, sent.headers["location"])
    assert urlsplit(done).path == "/gateway/form/done"
    assert "You can close this window." in running.http.get(done).text


@pytest.mark.parametrize(
    ("changes", "status", "sentence"),
    [
        ({"paymentId": ""}, 422, "sent no paymentId"),
        ({"BX_PAYSYSTEM_ID": "x"}, 422, "no BX_PAYSYSTEM_ID"),
        ({"paymentId": "no such <b>"}, 404, "does not know payment no such &lt;b&gt;"),
        ({"BX_PAYSYSTEM_ID": "4711"}, 404, "through payment system 4711"),
        ({"BX_RETURN_URL": "https://evil.example/"}, 422, "The return URL is not the shop"),
        ({"BX_RETURN_URL": "javascript:alert(1)"}, 422, "The return URL is not the shop"),
    ],
)
def test_a_form_that_names_no_payment_is_told_in_words(
    running: Running, changes: dict[str, str], status: int, sentence: str
) -> None:
    _, number = new_payment(running)
    page = send_form(running, number, **changes)
    assert page.status_code == status
    assert sentence in page.text
    assert "evil" not in page.text


def test_a_number_that_two_payments_have_is_none(running: Running) -> None:
    _, number = new_payment(running)
    add_payment(running.store, account_number=number)
    assert send_form(running, number).status_code == 404


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"PAYMENT_ID": "x"}, "BX_SYSTEM_PARAMS names no payment."),
        ({"PAYMENT_ID": "471100"}, "The shop does not know payment 471100 through payment system"),
        ({"RETURN_URL": "https://evil.example/"}, "RETURN_URL is not the shop's."),
        ({"RETURN_URL": ""}, "RETURN_URL is not the shop's."),
        ({"SUM": "1.00"}, "The shop's page says 1.00 USD, but the payment is for 100.00 USD."),
        ({"CURRENCY": "EUR"}, "The shop's page says 100.00 EUR, but"),
        ({"SUM": "lots"}, "The shop's page says lots USD, but"),
        ({"SUM": "NaN"}, "The shop's page says NaN USD, but"),
    ],
)
def test_a_checkout_that_cannot_be_is_an_error_for_the_buyer(
    running: Running, changes: dict[str, str], sentence: str
) -> None:
    payment_id, _ = new_payment(running)
    (error,) = call(running, payment_id, **changes)["PAYMENT_ERRORS"]
    assert sentence in error


def test_an_amount_that_changes_meanwhile_is_not_charged(
    running: Running, charges: Callable[[], list[str]]
) -> None:
    payment_id, _ = new_payment(running)
    url = call(running, payment_id)["PAYMENT_URL"]
    change_payment(running.store, payment_id, sum="120.00")
    page = running.http.post(url, data={"answer": "approve"})
    assert "The shop changed the amount." in page.text
    assert charges() == []


def test_a_return_url_too_long_to_keep(running: Running) -> None:
    payment_id, _ = new_payment(running)
    answer = call(running, payment_id, RETURN_URL=f"{shop_page(running)}&x={'x' * 2000}")
    assert answer == {"PAYMENT_ERRORS": ["The return URL is too long."]}
