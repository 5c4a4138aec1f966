"""What the integrator is shown beside the payment page."""

import html
import json
import re
import subprocess
from typing import Any

import httpx
import pytest
from payframe.harness.store.models import ParameterMapping

from tests.harness.seller.conftest import Service
from tests.harness.support import Running, add_handler, add_payment

ACTION_URI = "http://127.0.0.1:9/pay"
CODES = {
    "MINE": {"DEFAULT": {"PROVIDER_KEY": "VALUE", "PROVIDER_VALUE": "default"}},
    "OURS": {},
    "SUM": {"NAME": "Sum", "DEFAULT": {"PROVIDER_KEY": "PAYMENT", "PROVIDER_VALUE": "SUM"}},
    "NONE": {},
}
FIELDS = {
    "mine": {"CODE": "MINE"},
    "again": {"CODE": "MINE"},
    "sum": {"CODE": "SUM"},
    "phone": {"VISIBLE": "Y", "CODE": {"NAME": "Phone"}},
    "typo": {"CODE": "NO_SUCH"},
}


def shown(running: Running, mode: str, data: dict[str, Any], **payment: Any) -> str:
    settings = {mode: {"ACTION_URI": ACTION_URI, **data}, "CODES": CODES}
    system = add_handler(running.store, settings)
    with running.store.write() as session:
        for person_type_id, code in ((1, "MINE"), (0, "OURS")):
            session.add(
                ParameterMapping(
                    pay_system_id=system,
                    person_type_id=person_type_id,
                    code=code,
                    type="USER",
                    value="EMAIL",
                )
            )
    payment_id = add_payment(running.store, pay_system_id=system, **payment)
    page = running.http.get(f"{running.addresses.seller}/payments/{payment_id}?inspect=1")
    assert page.status_code == 200
    return page.text


def rows(page: str) -> list[list[str]]:
    (table,) = re.findall(r'<table id="inspected-values">.*?<tbody>(.*?)</tbody>', page, re.S)
    return [
        [
            " ".join(re.sub("<[^>]+>", " ", cell).split())
            for cell in re.findall(r"<td[^>]*>(.*?)</td>", row, re.S)
        ]
        for row in re.findall(r"<tr>(.*?)</tr>", table, re.S)
    ]


def request_of(page: str) -> str:
    (command,) = re.findall(r'id="inspected-request">(.*?)</pre>', page, re.S)
    return html.unescape(command)


@pytest.mark.parametrize("mode", ["FORM_DATA", "CHECKOUT_DATA"])
def test_every_parameter_with_its_value_and_its_origin(running: Running, mode: str) -> None:
    page = shown(running, mode, {"FIELDS": FIELDS})
    assert rows(page) == [
        ["MINE", "buyer1@example.com", "mapping for Individual USER.EMAIL", "mine, again"],
        ["OURS", "buyer1@example.com", "mapping for all payer types USER.EMAIL", "not sent"],
        ["SUM", "100.00", "default PAYMENT.SUM", "sum"],
        ["NONE", "—", "empty", "not sent"],
        ["Phone", "—", "the buyer", "phone"],
    ]
    assert "FIELDS.typo names NO_SUCH, which CODES does not have." in page


def test_the_message_to_the_frame(running: Running) -> None:
    page = shown(running, "IFRAME_DATA", {"FIELDS": FIELDS}, sum="12.50")
    (text,) = re.findall(r'<pre tabindex="0">(.*?)</pre>', page, re.S)
    message = json.loads(html.unescape(text))
    assert list(message) == [
        *("mine", "again", "sum", "typo"),
        *("BX_SYSTEM_PARAMS", "BX_COMPUTED_STYLE"),
    ]
    assert message["BX_SYSTEM_PARAMS"]["SUM"] == "12.5"
    assert rows(page)[-1][-1] == "not sent"


def run(command: str) -> str:
    """Run a command as somebody does who pastes it."""
    done = subprocess.run(
        ["bash", "-c", f"{command} -sS"], capture_output=True, text=True, check=True, timeout=20
    )
    return done.stdout


def test_the_call_can_be_repeated_with_curl(running: Running, service: Service) -> None:
    page = shown(running, "CHECKOUT_DATA", {"ACTION_URI": service.url}, ps_invoice_id="it's $HOME")
    assert run(request_of(page)) == "{}"
    sent, repeated = service.bodies
    assert sent == repeated
    assert "it%27s+%24HOME" in sent


def test_the_form_can_be_repeated_with_curl(running: Running, service: Service) -> None:
    data = {"ACTION_URI": service.url, "METHOD": "POST", "FIELDS": FIELDS}
    page = shown(running, "FORM_DATA", data)
    run(request_of(page))
    sent = dict(httpx.QueryParams(service.bodies[0]))
    assert (sent["mine"], sent["phone"], sent["button"]) == ("buyer1@example.com", "", "Pay")


def test_a_form_sent_by_get_loses_the_addresss_query(running: Running) -> None:
    page = shown(running, "FORM_DATA", {"ACTION_URI": f"{ACTION_URI}?shop=1", "FIELDS": FIELDS})
    assert "Browsers drop ?shop=1 from ACTION_URI" in page
    command = request_of(page)
    assert command.startswith(f"curl '{ACTION_URI}?mine=buyer1")
    assert "shop=1" not in command


def test_what_is_inspected_is_what_a_page_is_sent_that_nobody_inspects(running: Running) -> None:
    url = f"{running.addresses.seller}/payments/{add_payment(running.store)}"

    def message(query: str) -> str:
        page = running.http.get(f"{url}{query}").text
        (data,) = re.findall(r'id="rest-payment-data"[^>]*>(.*?)</script>', page, re.S)
        return str(data)

    assert "RETURN_URL" in message("")
    assert message("?inspect=1") == message("")


def test_where_it_may_go_without_a_click(running: Running) -> None:
    page = shown(running, "FORM_DATA", {"METHOD": "GET", "FIELDS": {"sum": {"CODE": "SUM"}}})
    assert "The platform may redirect without a click to " in page
    assert f"{ACTION_URI}?sum=100.00&amp;BX_PAYSYSTEM_ID=" in page
