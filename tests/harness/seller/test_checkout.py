"""Checkout mode: the call, and what every possible answer means."""

import json
from typing import Any
from urllib.parse import parse_qsl

import pytest
from payframe.harness.sale.fields import DEFAULT_ERROR
from payframe.harness.sale.handlers import handler_of
from payframe.harness.sale.values import explained_values
from payframe.harness.seller.checkout import (
    CheckoutCall,
    call_for,
    keep_external_id,
    qr_code,
    read_answer,
)
from payframe.harness.store.database import Store
from payframe.harness.store.models import Payment

from tests.harness.support import add_handler, add_payment, change_payment, read_payment

RETURN_URL = "http://localhost:8000/payments/1"
URL = "https://pay.example/page?id=1"


def called(store: Store, fields: Any, answers: dict[str, str], **payment: Any) -> CheckoutCall:
    settings = {
        "CHECKOUT_DATA": {"ACTION_URI": "https://pay.example/new", "FIELDS": fields},
        "CODES": {"SHOP": {"DEFAULT": {"PROVIDER_KEY": "VALUE", "PROVIDER_VALUE": "44 & 11"}}},
    }
    payment_id = add_payment(store, pay_system_id=add_handler(store, settings), **payment)
    with store.read() as session:
        found = session.get_one(Payment, payment_id)
        handler = handler_of(session, found.pay_system)
        assert handler
        values = explained_values(session, found, found.pay_system)
        return call_for(found, handler, values, answers, RETURN_URL)


def test_the_call_has_the_system_parameters_in_brackets_and_the_fields(store: Store) -> None:
    call = called(store, {"shop": {"CODE": "SHOP"}}, {}, sum="38.750", currency="KWD")
    sent = dict(parse_qsl(call.body, strict_parsing=True))
    assert call.action_uri == "https://pay.example/new"
    assert sent.pop("BX_SYSTEM_PARAMS[PAYMENT_ID]").isdigit()
    assert sent.pop("BX_SYSTEM_PARAMS[PAYSYSTEM_ID]").isdigit()
    assert sent == {
        "BX_SYSTEM_PARAMS[RETURN_URL]": RETURN_URL,
        "BX_SYSTEM_PARAMS[SUM]": "38.75",
        "BX_SYSTEM_PARAMS[CURRENCY]": "KWD",
        "shop": "44 & 11",
    }


def test_the_external_id_is_sent_once_there_is_one(store: Store) -> None:
    assert "EXTERNAL" not in called(store, {}, {}).body
    again = dict(parse_qsl(called(store, {}, {}, ps_invoice_id="pay_1").body))
    assert again["BX_SYSTEM_PARAMS[EXTERNAL_PAYMENT_ID]"] == "pay_1"


def test_the_buyers_answers_override_and_only_fields_are_passed_on(store: Store) -> None:
    fields = {
        "shop": {"CODE": "SHOP", "VISIBLE": "Y"},
        "phone": {"CODE": {"NAME": "Phone"}, "VISIBLE": "Y"},
        "other": {"CODE": {"NAME": "Other"}},
    }
    answers = {"shop": "7", "phone": "+1 555", "BX_SYSTEM_PARAMS[SUM]": "0.01", "button": "Pay"}
    sent = dict(parse_qsl(called(store, fields, answers).body))
    assert (sent["shop"], sent["phone"]) == ("7", "+1 555")
    assert sent["BX_SYSTEM_PARAMS[SUM]"] == "100"
    assert not {"other", "button"} & set(sent)


@pytest.mark.parametrize(
    "answer",
    [
        {"PAYMENT_URL": URL, "PAYMENT_ID": "pay_1"},
        {"payment_url": URL, "Payment_Id": "pay_1"},
        {"PAYMENT_URL": URL, "PAYMENT_ID": "pay_1", "PAYMENT_ERRORS": ["No"]},
    ],
)
def test_a_url_and_an_id_are_a_page_to_pay_on(answer: dict[str, Any]) -> None:
    got = read_answer(json.dumps(answer).encode())
    assert (got.payment_url, got.payment_id, got.errors, got.cause) == (URL, "pay_1", (), "")


def test_an_id_may_be_a_number() -> None:
    answer = json.dumps({"PAYMENT_URL": URL, "PAYMENT_ID": 12}).encode()
    assert read_answer(answer).payment_id == "12"


@pytest.mark.parametrize("key", ["PAYMENT_ERRORS", "payment_errors"])
def test_errors_are_the_handlers_own_words(key: str) -> None:
    got = read_answer(json.dumps({key: ["No <b>", "", 3, None, {"a": 1}]}).encode())
    assert got.errors == ("No <b>", "3")
    assert "the handler refused: No <b>; 3" in got.cause


@pytest.mark.parametrize(
    ("body", "cause"),
    [
        (b"", "not JSON"),
        (b"<html>It works!", "not JSON"),
        (b"\xff\xfe\x00", "not JSON"),
        (b"[" * 100_000, "not JSON"),
        (b"[1]", "a JSON list, expected an object"),
        (b"null", "a JSON NoneType, expected an object"),
        (b"{}", "neither PAYMENT_URL and PAYMENT_ID nor a list PAYMENT_ERRORS"),
        (b'{"PAYMENT_URL": "https://pay.example/"}', "(only PAYMENT_URL)"),
        (b'{"PAYMENT_ID": "1"}', "(only PAYMENT_ID)"),
        (b'{"PAYMENT_URL": "https://pay.example/", "PAYMENT_ID": 0}', "(only PAYMENT_URL)"),
        (b'{"PAYMENT_URL": "https://pay.example/", "PAYMENT_ID": []}', "(only PAYMENT_URL)"),
        (b'{"PAYMENT_ERRORS": "No"}', "nor a list PAYMENT_ERRORS"),
        (b'{"PAYMENT_ERRORS": []}', "nor a list PAYMENT_ERRORS"),
        (b'{"PAYMENT_URL": "javascript:alert(1)", "PAYMENT_ID": "1"}', "'javascript:alert(1)'"),
        (b'{"PAYMENT_URL": " javascript:alert(1)", "PAYMENT_ID": "1"}', "expected an http"),
        (b'{"PAYMENT_URL": "data:text/html,x", "PAYMENT_ID": "1"}', "expected an http"),
        (b'{"PAYMENT_URL": "file:///etc/passwd", "PAYMENT_ID": "1"}', "expected an http"),
        (b'{"PAYMENT_URL": "/pay", "PAYMENT_ID": "1"}', "expected an http"),
        (b'{"PAYMENT_URL": "//evil.example", "PAYMENT_ID": "1"}', "expected an http"),
        (b'{"PAYMENT_URL": "https://[", "PAYMENT_ID": "1"}', "expected an http"),
        (b'{"PAYMENT_URL": "https://a\\nb", "PAYMENT_ID": "1"}', "expected an http"),
        (
            json.dumps({"PAYMENT_URL": URL, "PAYMENT_ID": "1" * 256}).encode(),
            "PAYMENT_ID has 256 characters",
        ),
    ],
)
def test_anything_else_is_the_default_error_with_its_cause(body: bytes, cause: str) -> None:
    got = read_answer(body)
    assert got.errors == (DEFAULT_ERROR,)
    assert (got.payment_url, got.payment_id) == ("", "")
    assert cause in got.cause


def test_half_a_character_does_not_break_the_page() -> None:
    got = read_answer(b'{"PAYMENT_URL": "https://pay.example/", "PAYMENT_ID": "a\\ud800\\u0000b"}')
    assert got.payment_id == "a?b"


def test_the_id_is_kept_unless_the_payment_has_moved_on(store: Store) -> None:
    payment_id = add_payment(store)
    seen = read_payment(store, payment_id)
    keep_external_id(store, seen, "pay_1")
    assert read_payment(store, payment_id).ps_invoice_id == "pay_1"
    change_payment(store, payment_id, pay_system_id=add_handler(store, {}), ps_invoice_id="")
    keep_external_id(store, seen, "pay_2")
    assert read_payment(store, payment_id).ps_invoice_id == ""


def test_a_url_too_long_for_a_qr_code_has_none() -> None:
    assert qr_code(URL).startswith("<svg")
    assert qr_code(f"{URL}{'x' * 4000}") == ""
