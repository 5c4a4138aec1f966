"""Where no way to pay has a page of its own, the buyer of form and checkout mode pays on ours."""

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import httpx
import pytest
from payframe.harness.store.database import Store

from payframe.gateway import Method, Payment
from tests.harness.gateway.bank import Bank
from tests.harness.gateway.test_hosted import call, new_payment, send_form, shop_page
from tests.harness.support import Running, change_payment, serve

FOREIGN = "https://foreign.example/"


class CardsOnly(Bank):
    def methods(self, payment: Payment) -> list[Method]:
        return [] if payment.number.startswith("NONE") else [Method("card", "Card")]


@pytest.fixture
def running(store: Store, tmp_path: Path) -> Iterator[Running]:
    with serve(store, tmp_path, provider=CardsOnly()) as served:
        yield served


def message(page: httpx.Response) -> Mapping[str, Any]:
    """What the page posts into its frame."""
    found = re.search(r"\.\.\.(\{.*\}), BX_COMPUTED_STYLE", page.text)
    assert found
    posted: dict[str, Any] = json.loads(found[1])
    return posted


def test_a_checkout_answers_its_address(running: Running) -> None:
    payment_id, _ = new_payment(running)
    answer = call(running, payment_id)
    url = f"{running.addresses.gateway}/pay/{answer['PAYMENT_ID']}?"
    assert answer["PAYMENT_URL"].startswith(url)
    assert call(running, payment_id) == answer


def test_it_posts_what_the_shop_would(running: Running) -> None:
    payment_id, _ = new_payment(running)
    page = running.http.get(call(running, payment_id)["PAYMENT_URL"])
    assert page.status_code == 200
    assert f'<iframe src="{running.addresses.widget}"' in page.text
    posted = dict(message(page)["BX_SYSTEM_PARAMS"])
    back = running.http.get(posted.pop("RETURN_URL"))
    assert (back.status_code, back.headers["location"]) == (303, shop_page(running))
    assert posted == {
        "PAYMENT_ID": str(payment_id),
        "PAYSYSTEM_ID": "1",
        "SUM": "100.00",
        "CURRENCY": "USD",
    }


def test_only_its_own_script_runs_and_nobody_shows_it_in_a_frame(running: Running) -> None:
    payment_id, _ = new_payment(running)
    address = call(running, payment_id)["PAYMENT_URL"]
    policies = [
        running.http.get(address).headers["content-security-policy"].split("; ") for _ in range(2)
    ]
    assert "default-src 'none'" in policies[0]
    assert "frame-ancestors 'none'" in policies[0]
    nonces = {each for policy in policies for each in policy if each.startswith("script-src")}
    assert len(nonces) == 2


def test_a_payment_that_is_paid_meanwhile_leads_back(running: Running) -> None:
    payment_id, number = new_payment(running)
    address = call(running, payment_id)["PAYMENT_URL"]
    change_payment(running.store, payment_id, paid="Y")
    assert call(running, payment_id)["PAYMENT_URL"] == shop_page(running)
    assert send_form(running, number).headers["location"] == shop_page(running)
    back = running.http.get(address)
    assert (back.status_code, back.headers["location"]) == (303, shop_page(running))


def test_a_form_leads_there_as_well(running: Running) -> None:
    payment_id, number = new_payment(running)
    sent = send_form(running, number)
    assert sent.headers["location"] == call(running, payment_id)["PAYMENT_URL"]


def test_a_form_without_a_return_url_ends_on_a_page_that_says_so(running: Running) -> None:
    _, number = new_payment(running)
    page = running.http.get(send_form(running, number, BX_RETURN_URL="").headers["location"])
    back = running.http.get(message(page)["BX_SYSTEM_PARAMS"]["RETURN_URL"], follow_redirects=True)
    assert "You can close this window." in back.text


@pytest.mark.parametrize("path", ["/pay/{id}", "/return"])
@pytest.mark.parametrize("back", [FOREIGN, "javascript:alert(1)", "", "//foreign.example/"])
def test_it_leads_to_no_other_site(running: Running, path: str, back: str) -> None:
    payment_id, _ = new_payment(running)
    path = path.format(id=call(running, payment_id)["PAYMENT_ID"])
    page = running.http.get(f"{running.addresses.gateway}{path}", params={"back": back})
    assert page.status_code == 422
    assert "<a " not in page.text


def test_what_is_no_payment_is_said_to_be_none(running: Running) -> None:
    back = {"back": shop_page(running)}
    page = running.http.get(f"{running.addresses.gateway}/pay/pay_nothing", params=back)
    assert page.status_code == 404
    assert "This payment is not known." in page.text


def test_without_any_way_to_pay_the_buyer_reads_so(running: Running) -> None:
    payment_id, _ = new_payment(running)
    change_payment(running.store, payment_id, account_number="NONE/1")
    assert call(running, payment_id) == {"PAYMENT_ERRORS": ["This way to pay is not offered here."]}


def test_it_speaks_the_buyers_language(running: Running) -> None:
    payment_id, _ = new_payment(running)
    address = call(running, payment_id)["PAYMENT_URL"]
    page = running.http.get(address, headers={"Accept-Language": "de"})
    assert "Zurück zum Shop" in page.text


def test_a_page_of_another_host_may_send_the_buyer_back_through_the_gateway(
    running: Running,
) -> None:
    payment_id, _ = new_payment(running)
    gateway_id = call(running, payment_id)["PAYMENT_ID"]
    gateway = running.addresses.gateway
    attempt = {
        "method": "card",
        "amount": {"value": "100.00", "currency": "USD"},
        "return_url": f"{gateway}/return?back={shop_page(running)}",
        "data": {"token": "tok_1"},
    }
    headers = {"Idempotency-Key": "key-1", "Origin": "https://pages.example"}
    url = f"{gateway}/payments/{gateway_id}/attempts"
    assert running.http.post(url, json=attempt, headers=headers).status_code == 201
