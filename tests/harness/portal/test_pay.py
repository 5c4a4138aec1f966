from collections.abc import Callable
from datetime import datetime, time
from typing import Any

import pytest
from payframe.harness.portal.call import Options

from tests.harness.portal.conftest import INVOICE_TYPE, Rest, pay_system, payment

PAY = "sale.paysystem.pay.payment"
PAY_INVOICE = "sale.paysystem.pay.invoice"
INVOICE: dict[str, Any] = {"PERSON_TYPE_ID": INVOICE_TYPE, "ENTITY_REGISTRY_TYPE": "CRM_INVOICE"}


def stored(rest: Rest, payment_id: int) -> dict[str, Any]:
    found: dict[str, Any] = rest.result("sale.payment.get", {"id": payment_id})["payment"]
    return found


def test_a_payment_becomes_paid(rest: Rest) -> None:
    number = pay_system(rest)
    payment_id = payment(rest, number)
    assert stored(rest, payment_id)["paid"] == "N"
    params = {
        "PAYMENT_ID": payment_id,
        "PAY_SYSTEM_ID": number,
        "PS_INVOICE_ID": "tx-1",
        "PS_STATUS_CODE": "ok",
        "PS_SUM": "100.50",
        "PS_CURRENCY": "USD",
        "PS_CARD_NUMBER": None,
    }
    assert rest.result(PAY, params) is True
    paid = stored(rest, payment_id)
    assert (paid["paid"], paid["psStatus"]) == ("Y", "Y")
    assert (paid["psInvoiceId"], paid["psStatusCode"]) == ("tx-1", "ok")
    assert (paid["psSum"], paid["psCurrency"]) == (100.5, "USD")
    assert datetime.fromisoformat(paid["datePaid"]).tzinfo
    assert paid["psResponseDate"] == paid["datePaid"]
    assert datetime.fromisoformat(paid["payVoucherDate"]).time() == time()


def test_paying_again_changes_nothing(rest: Rest) -> None:
    number = pay_system(rest)
    params = {"PAYMENT_ID": payment(rest, number), "PAY_SYSTEM_ID": number}
    rest.result(PAY, params)
    before = stored(rest, params["PAYMENT_ID"])
    assert rest.result(PAY, {**params, "PS_INVOICE_ID": "other"}) is True
    assert stored(rest, params["PAYMENT_ID"]) == before


@pytest.mark.parametrize("wrong", [{"PS_SUM": "a lot"}, {"PS_STATUS_CODE": ["x"]}])
def test_a_report_that_cannot_be_stored(rest: Rest, wrong: dict[str, Any]) -> None:
    number = pay_system(rest)
    params = {"PAYMENT_ID": payment(rest, number), "PAY_SYSTEM_ID": number, **wrong}
    assert rest.refusal(PAY, params)[:2] == (400, "ERROR_PROCESS_REQUEST_RESULT")
    assert stored(rest, params["PAYMENT_ID"])["paid"] == "N"


@pytest.mark.parametrize(
    ("params", "code", "text"),
    [
        ({}, "ERROR_CHECK_FAILURE", "Empty field BX_REST_HANDLER and PAY_SYSTEM_ID"),
        ({"PAY_SYSTEM_ID": 99}, "ERROR_CHECK_FAILURE", "Pay system with ID=99 not found"),
        ({"BX_REST_HANDLER": "none"}, "ERROR_CHECK_FAILURE", "Incorrect rest handler code"),
        ({"BX_REST_HANDLER": "shop"}, "ERROR_CHECK_FAILURE", "Empty field INVOICE_ID!"),
        (
            {"BX_REST_HANDLER": "shop", "INVOICE_ID": 99},
            "ERROR_INTERNAL_INVOICE_NOT_FOUND",
            "Invoice #99 not found",
        ),
        (
            {"PAY_SYSTEM_ID": 1, "INVOICE_ID": 1},
            "ERROR_PROCESS_REQUEST_RESULT",
            "Pay system not found",
        ),
    ],
)
def test_invoice_checks_in_order(rest: Rest, params: dict[str, Any], code: str, text: str) -> None:
    pay_system(rest)
    assert rest.refusal(PAY_INVOICE, params) == (400, code, text)


def test_an_invoice_becomes_paid(rest: Rest) -> None:
    number = pay_system(rest, **INVOICE)
    assert rest.result(PAY_INVOICE, {"INVOICE_ID": 1, "BX_REST_HANDLER": "shop"}) is True
    payment_id = 1
    paid = stored(rest, payment_id)
    assert (paid["paid"], paid["sum"], paid["paySystemId"]) == ("Y", 75, number)
    assert rest.result("sale.payment.list") == {"payments": []}


def test_a_portal_without_invoices(rest_with: Callable[[Options], Rest]) -> None:
    rest = rest_with(Options(invoices=False))
    assert rest.refusal(PAY_INVOICE) == (
        400,
        "ERROR_INVOICE_NO_SUPPORTED",
        "Pay invoice is not supported!",
    )
