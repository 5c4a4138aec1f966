"""The payment page calls an ACTION_URI that may do anything, and stays payable."""

import html
import json
import re
import socket
import time
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler
from typing import Any

import httpx
import pytest
from payframe.harness.sale.fields import DEFAULT_ERROR
from payframe.harness.server.log import LineFormatter

from tests.harness.seller.conftest import Service, drip, reply
from tests.harness.support import (
    Running,
    add_handler,
    add_payment,
    change_handler,
    read_payment,
    wait_for,
)

GOOD = json.dumps({"PAYMENT_URL": "https://pay.example/page", "PAYMENT_ID": "pay_1"})
HUGE = json.dumps({"PAYMENT_ERRORS": ["x" * 1_000_001]})
HAS_URL = {scheme: f"{scheme}//x/y" for scheme in ("file:", "data:", "javascript:")}


def bad(service: Service, request: BaseHTTPRequestHandler, kind: str) -> None:
    """CheckoutAnswer in a way that is of no use to the buyer."""
    match kind:
        case "slow to begin":
            service.ended.wait(30)
        case "slow to end":
            drip(service, request)
        case "redirecting":
            reply(request, GOOD, 302, Location=f"{service.url}/next")
        case "failing":
            reply(request, GOOD, 500)
        case "created":
            reply(request, GOOD, 201)
        case "huge":
            reply(request, HUGE)
        case "text":
            reply(request, "It works!")
        case "hanging up":
            request.connection.close()
        case "no HTTP":
            request.wfile.write(b"SSH-2.0\r\n")
        case scheme:
            reply(request, json.dumps({"PAYMENT_URL": HAS_URL[scheme], "PAYMENT_ID": "1"}))


ANSWERS = {
    "slow to begin": "no answer within 1.5 seconds",
    "slow to end": "no whole answer within 1.5 seconds",
    "redirecting": "answered HTTP 302 to http://127.0.0.1",
    "failing": "answered HTTP 500, expected 200",
    "created": "answered HTTP 201, expected 200",
    "huge": "the answer is larger than 1,000,000 bytes",
    "text": "the answer is not JSON",
    "hanging up": "cannot be called",
    "no HTTP": "cannot be called",
    **{scheme: f"PAYMENT_URL is '{url}', expected" for scheme, url in HAS_URL.items()},
}


def offer(running: Running, action_uri: str, fields: Any = None, **payment: Any) -> tuple[int, int]:
    """A payment in checkout mode: its ID and its payment system's."""
    data = {"ACTION_URI": action_uri, **({"FIELDS": fields} if fields else {})}
    system = add_handler(running.store, {"CHECKOUT_DATA": data})
    return add_payment(running.store, pay_system_id=system, **payment), system


def text(page: httpx.Response) -> str:
    assert page.status_code == 200
    return html.unescape(page.text)


def show(running: Running, payment_id: int, query: str = "") -> str:
    return text(running.http.get(f"{running.addresses.seller}/payments/{payment_id}{query}"))


def cause_of(page: str) -> str:
    (cause,) = re.findall(r'id="inspected-cause"><p>(.*?)</p>', page)
    return str(cause)


@pytest.mark.parametrize("kind", ANSWERS)
def test_a_bad_answer_is_the_default_error_and_its_cause_is_told(
    impatient: Running, service: Service, caplog: pytest.LogCaptureFixture, kind: str
) -> None:
    cause = ANSWERS[kind]
    service.answer = lambda request: bad(service, request, kind)
    payment_id, _ = offer(impatient, service.url)
    began = time.monotonic()
    page = show(impatient, payment_id)
    assert time.monotonic() - began < 10
    assert f"<p>{DEFAULT_ERROR}</p>" in page
    assert cause not in page
    assert "Try again" in page
    (record,) = [each for each in caplog.records if each.name == "payframe.seller"]
    assert cause in record.getMessage()
    assert service.url in record.getMessage()
    assert cause in cause_of(show(impatient, payment_id, "?inspect=1"))

    service.answer = lambda request: reply(request, GOOD)
    assert 'href="https://pay.example/page"' in show(impatient, payment_id)
    assert read_payment(impatient.store, payment_id).ps_invoice_id == "pay_1"


def test_a_dead_action_uri(impatient: Running, caplog: pytest.LogCaptureFixture) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        payment_id, _ = offer(impatient, f"http://127.0.0.1:{closed.getsockname()[1]}/")
        assert DEFAULT_ERROR in show(impatient, payment_id)
    assert "cannot be called: All connection attempts failed" in caplog.text


def test_an_action_uri_that_does_not_take_connections(impatient: Running) -> None:
    with socket.socket() as full:
        full.bind(("127.0.0.1", 0))
        full.listen(0)
        # Two connections fill the queue; the next ones are not answered at all.
        waiting = [socket.socket() for _ in range(4)]
        for each in waiting:
            each.setblocking(False)
            each.connect_ex(full.getsockname())
        payment_id, _ = offer(impatient, f"http://127.0.0.1:{full.getsockname()[1]}/")
        assert " within 1 seconds" in cause_of(show(impatient, payment_id, "?inspect=1"))
        for each in waiting:
            each.close()


@pytest.mark.parametrize(
    "uri", ["javascript:alert(1)", "file:///etc/passwd", "http://[", "http://?", ""]
)
def test_an_action_uri_that_is_no_web_address(
    impatient: Running, caplog: pytest.LogCaptureFixture, uri: str
) -> None:
    for mode in ("CHECKOUT_DATA", "FORM_DATA", "IFRAME_DATA"):
        system = add_handler(impatient.store, {mode: {"ACTION_URI": uri, "x": 1}})
        page = show(impatient, add_payment(impatient.store, pay_system_id=system), "?inspect=1")
        assert DEFAULT_ERROR in page
        assert cause_of(page)
    assert len([each for each in caplog.records if each.name == "payframe.seller"]) == 3


def test_the_limits_are_shown(impatient: Running, service: Service) -> None:
    payment_id, _ = offer(impatient, service.url)
    page = show(impatient, payment_id, "?inspect=1")
    assert "1 seconds to connect and 1.5 in all, and its answer 1,000,000 bytes" in page


def test_the_external_id_goes_back_from_the_second_call_on(
    impatient: Running, service: Service
) -> None:
    service.answer = lambda request: reply(request, GOOD)
    payment_id, _ = offer(impatient, service.url)
    show(impatient, payment_id)
    show(impatient, payment_id)
    first, second = service.bodies
    assert "EXTERNAL_PAYMENT_ID" not in first
    assert "BX_SYSTEM_PARAMS%5BEXTERNAL_PAYMENT_ID%5D=pay_1" in second


def test_the_request_is_shown_as_it_was_sent(impatient: Running, service: Service) -> None:
    payment_id, _ = offer(impatient, service.url, ps_invoice_id="it's")
    page = show(impatient, payment_id, "?inspect=1")
    (body,) = service.bodies
    assert f"curl --data-raw '{body}' {service.url}" in page
    assert "HTTP 200, after 0." in page


def test_a_paid_payment_is_not_registered(impatient: Running, service: Service) -> None:
    payment_id, _ = offer(impatient, service.url, paid="Y")
    assert "is paid" in show(impatient, payment_id)
    assert "is paid" in show(impatient, payment_id, "?inspect=1")
    assert service.bodies == []


PHONE = {"phone": {"VISIBLE": "Y", "CODE": {"NAME": "Phone", "INPUT": {"TYPE": "STRING"}}}}


def submit(running: Running, payment_id: int, system: int, **answers: str) -> httpx.Response:
    return running.http.post(
        f"{running.addresses.seller}/payments/{payment_id}?theme=dark",
        data={"BX_PAYSYSTEM_ID": str(system), **answers},
    )


def test_a_field_for_the_buyer_is_asked_for_first(impatient: Running, service: Service) -> None:
    service.answer = lambda request: reply(request, GOOD)
    payment_id, system = offer(impatient, service.url, PHONE)
    page = show(impatient, payment_id, "?inspect=1")
    assert 'name="phone"' in page
    assert f'name="BX_PAYSYSTEM_ID" value="{system}"' in page
    assert "will send it" in page
    assert service.bodies == []
    sent = submit(impatient, payment_id, system, phone="+1 555", extra="x")
    assert sent.status_code == 303
    assert sent.headers["location"] == "https://pay.example/page"
    (body,) = service.bodies
    assert body.endswith("&phone=%2B1+555")
    assert f"payments%2F{payment_id}%3Ftheme%3Ddark" in body


def test_what_the_buyer_typed_is_still_there_after_an_error(
    impatient: Running, service: Service
) -> None:
    refusal = json.dumps({"PAYMENT_ERRORS": ["No <b>phone</b>", "Try another"]})
    service.answer = lambda request: reply(request, refusal)
    payment_id, system = offer(impatient, service.url, PHONE)
    page = submit(impatient, payment_id, system, phone='"5>').text
    assert re.search(r"<p>No &lt;b&gt;phone&lt;/b&gt;</p>\s+<p>Try another</p>", page)
    assert 'value="&#34;5&gt;"' in page


def test_a_form_of_a_payment_system_that_was_left_calls_nothing(
    impatient: Running, service: Service
) -> None:
    payment_id, system = offer(impatient, service.url, PHONE)
    sent = submit(impatient, payment_id, system + 1, phone="1")
    assert (sent.status_code, sent.headers["location"]) == (
        303,
        f"/payments/{payment_id}?theme=dark",
    )
    assert service.bodies == []


def test_a_field_that_no_form_can_ask_for_is_told(
    impatient: Running, service: Service, caplog: pytest.LogCaptureFixture
) -> None:
    fields = {"scan": {"VISIBLE": "Y", "CODE": {"NAME": "Scan", "INPUT": {"TYPE": "FILE"}}}}
    payment_id, system = offer(impatient, service.url, fields)
    assert "FIELDS.scan has the type FILE" in show(impatient, payment_id, "?inspect=1")
    assert DEFAULT_ERROR in text(submit(impatient, payment_id, system))
    assert "the form never asks for scan" in caplog.text
    assert service.bodies == []


def test_one_submit_at_a_time(impatient: Running, service: Service) -> None:
    def answer(request: BaseHTTPRequestHandler) -> None:
        time.sleep(0.2)
        reply(request, GOOD)

    service.answer = answer
    payment_id, system = offer(impatient, service.url, PHONE)
    with ThreadPoolExecutor(3) as pool:
        sent = list(pool.map(lambda n: submit(impatient, payment_id, system, phone=n), "123"))
    assert {each.headers["location"] for each in sent} == {"https://pay.example/page"}
    assert len(service.bodies) == 1
    wait_for(lambda: submit(impatient, payment_id, system, phone="4").status_code == 303)
    assert service.bodies[-1].endswith("&phone=4")


def test_many_slow_calls_leave_the_shop_answering(impatient: Running, service: Service) -> None:
    service.answer = lambda _: service.ended.wait(30)
    slow = [offer(impatient, service.url)[0] for _ in range(50)]
    with ThreadPoolExecutor(50) as pool:
        pages = [pool.submit(show, impatient, each) for each in slow]
        wait_for(lambda: service.bodies)
        assert "Payments" in text(impatient.http.get(f"{impatient.addresses.seller}/"))
        assert all(DEFAULT_ERROR in each.result() for each in pages)


def test_what_a_handler_says_is_one_line_of_the_log(
    impatient: Running, service: Service, caplog: pytest.LogCaptureFixture
) -> None:
    refusal = json.dumps({"PAYMENT_ERRORS": ["a\nb\x1b[2J"]})
    service.answer = lambda request: reply(request, refusal)
    show(impatient, offer(impatient, service.url)[0])
    line = LineFormatter("%(message)s").format(caplog.records[-1])
    assert line.endswith("the handler refused: a b [2J")


def test_no_cookie_goes_from_one_buyers_call_to_the_next(
    impatient: Running, service: Service
) -> None:
    service.answer = lambda request: reply(request, GOOD, Set_Cookie="session=1; Path=/")
    payment_id, _ = offer(impatient, service.url)
    show(impatient, payment_id)
    show(impatient, payment_id)
    assert len(service.headers) == 2
    assert not any("cookie" in each for each in service.headers)


def test_a_corrected_handler_is_used_at_once(impatient: Running, service: Service) -> None:
    service.answer = lambda request: reply(request, GOOD)
    payment_id, system = offer(impatient, "javascript:alert(1)")
    assert DEFAULT_ERROR in show(impatient, payment_id)
    change_handler(impatient.store, system, {"CHECKOUT_DATA": {"ACTION_URI": service.url}})
    assert "https://pay.example/page" in show(impatient, payment_id)
