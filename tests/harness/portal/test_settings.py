import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from payframe.harness.portal.call import Options

from tests.harness.portal.conftest import ORDER_TYPE, Rest, handler, pay_system, payment

GET = "sale.paysystem.settings.get"
UPDATE = "sale.paysystem.settings.update"
PAYMENT_GET = "sale.paysystem.settings.payment.get"
INVOICE_GET = "sale.paysystem.settings.invoice.get"
INVOICE = 1
"""ID of the invoice that a provisioned portal has."""
SET = {"SHOP_ID": {"TYPE": "VALUE", "VALUE": "7"}}


@pytest.mark.parametrize(
    ("params", "text"),
    [
        ({}, "Parameter PERSON_TYPE_ID is not defined"),
        ({"PERSON_TYPE_ID": 0}, "Parameter ID is not defined"),
        ({"PERSON_TYPE_ID": 0, "ID": 99}, "Pay system not found"),
    ],
)
def test_get_checks_in_order(rest: Rest, params: dict[str, Any], text: str) -> None:
    assert rest.refusal(GET, params) == (400, "ERROR_CHECK_FAILURE", text)


@pytest.mark.parametrize(
    ("params", "code", "text"),
    [
        ({}, "ERROR_CHECK_FAILURE", "Parameter ID is not defined"),
        ({"ID": 99}, "ERROR_CHECK_FAILURE", "Pay system not found"),
        ({"ID": 1}, "ERROR_HANDLER_NOT_FOUND", "Parameter SETTINGS is not defined or empty"),
        (
            {"ID": 1, "SETTINGS": {}},
            "ERROR_HANDLER_NOT_FOUND",
            "Parameter SETTINGS is not defined or empty",
        ),
    ],
)
def test_update_checks_in_order(rest: Rest, params: dict[str, Any], code: str, text: str) -> None:
    pay_system(rest)
    assert rest.refusal(UPDATE, params) == (400, code, text)


def test_a_mapping_for_the_payer_type_wins_over_the_one_for_all(rest: Rest) -> None:
    number = pay_system(rest)

    def get(person_type_id: int) -> Any:
        return rest.result(GET, {"ID": number, "PERSON_TYPE_ID": person_type_id})

    default = {"TYPE": "PAYMENT", "VALUE": "SUM"}
    assert get(ORDER_TYPE) == {"SHOP_ID": {"TYPE": "", "VALUE": ""}, "SUM": default}
    assert rest.result(UPDATE, {"ID": number, "SETTINGS": SET}) is True
    own = {"SHOP_ID": {"TYPE": "VALUE", "VALUE": "8"}}
    rest.result(UPDATE, {"ID": number, "PERSON_TYPE_ID": ORDER_TYPE, "SETTINGS": own})
    assert get(0) == {**SET, "SUM": default}
    assert get(ORDER_TYPE) == {**own, "SUM": default}
    taken = {"SHOP_ID": {"TYPE": "", "VALUE": ""}}
    rest.result(UPDATE, {"ID": number, "PERSON_TYPE_ID": ORDER_TYPE, "SETTINGS": taken})
    assert get(ORDER_TYPE) == {**SET, "SUM": default}


def test_plain_settings_as_in_the_vendors_example(rest_with: Callable[[Options], Rest]) -> None:
    rest = rest_with(Options(plain_settings=True))
    number = pay_system(rest, SETTINGS=SET)
    params = {"ID": number, "PERSON_TYPE_ID": ORDER_TYPE}
    assert rest.result(GET, params) == {"SHOP_ID": "7", "SUM": "SUM"}


PAYMENT_CHECKS = [
    ({}, "Empty field PAY_SYSTEM_ID!"),
    ({"PAY_SYSTEM_ID": 0, "PAYMENT_ID": 1}, "Empty field PAY_SYSTEM_ID!"),
    ({"PAY_SYSTEM_ID": 99}, "Empty field PAYMENT_ID"),
    ({"PAY_SYSTEM_ID": 99, "PAYMENT_ID": 99}, "Pay system not found"),
    (
        {"PAY_SYSTEM_ID": 1, "PAYMENT_ID": 99},
        "Payment with ID=99 and PAY_SYSTEM_ID=1 not found",
    ),
    ({"PAY_SYSTEM_ID": 2, "PAYMENT_ID": 1}, "Payment with ID=1 and PAY_SYSTEM_ID=2 not found"),
]


@pytest.mark.parametrize("method", [PAYMENT_GET, "sale.paysystem.pay.payment"])
@pytest.mark.parametrize(("params", "text"), PAYMENT_CHECKS)
def test_payment_checks_in_order(
    rest: Rest, method: str, params: dict[str, Any], text: str
) -> None:
    payment(rest, pay_system(rest))
    pay_system(rest)
    assert rest.refusal(method, params) == (400, "ERROR_CHECK_FAILURE", text)


def test_values_for_a_payment(rest: Rest) -> None:
    number = pay_system(rest, SETTINGS=SET)
    params = {"PAY_SYSTEM_ID": number, "PAYMENT_ID": payment(rest, number)}
    assert rest.result(PAYMENT_GET, params) == {"SHOP_ID": "7", "SUM": "100.50"}


def test_a_payment_whose_order_is_gone(rest: Rest, tmp_path: Path) -> None:
    number = pay_system(rest)
    payment_id = payment(rest, number)
    with sqlite3.connect(tmp_path / "portal.db") as broken:
        order_id = broken.execute("SELECT max(id) FROM 'order'").fetchone()[0]
        broken.execute("DELETE FROM 'order' WHERE id = ?", [order_id])
    broken.close()
    assert rest.refusal(PAYMENT_GET, {"PAY_SYSTEM_ID": number, "PAYMENT_ID": payment_id}) == (
        400,
        "ERROR_INTERNAL_ORDER_NOT_FOUND",
        f"Order #{order_id} not found",
    )


@pytest.mark.parametrize(
    ("params", "code", "text"),
    [
        ({}, "ERROR_CHECK_FAILURE", "Empty field BX_REST_HANDLER and PAY_SYSTEM_ID"),
        ({"PAY_SYSTEM_ID": 99}, "ERROR_CHECK_FAILURE", "Empty field INVOICE_ID"),
        (
            {"PAY_SYSTEM_ID": 99, "INVOICE_ID": 99, "BX_REST_HANDLER": "none"},
            "ERROR_CHECK_FAILURE",
            "Pay system with ID=99 not found",
        ),
        (
            {"PAY_SYSTEM_ID": 1, "INVOICE_ID": 99, "BX_REST_HANDLER": "none"},
            "ERROR_CHECK_FAILURE",
            "Incorrect rest handler code",
        ),
        (
            {"INVOICE_ID": 99, "BX_REST_HANDLER": "unused"},
            "ERROR_PAY_SYSTEM_NOT_FOUND",
            "Pay system with handler unused not found",
        ),
        (
            {"INVOICE_ID": 99, "BX_REST_HANDLER": "shop"},
            "ERROR_INTERNAL_INVOICE_NOT_FOUND",
            "Invoice #99 not found",
        ),
    ],
)
def test_invoice_checks_in_order(rest: Rest, params: dict[str, Any], code: str, text: str) -> None:
    pay_system(rest)
    rest.result("sale.paysystem.handler.add", handler("unused"))
    assert rest.refusal(INVOICE_GET, params) == (400, code, text)


def test_values_for_an_invoice_by_handler_and_by_pay_system(rest: Rest) -> None:
    number = pay_system(rest, SETTINGS={"SHOP_ID": {"TYPE": "ORDER", "VALUE": "ORDER_TOPIC"}})
    other = pay_system(rest, "other")
    params = {"INVOICE_ID": INVOICE, "BX_REST_HANDLER": "shop"}
    # The mapping is for the payer type of orders, so it does not hold for an invoice's.
    assert rest.result(INVOICE_GET, params) == {"SHOP_ID": "", "SUM": "75.00"}
    rest.result(UPDATE, {"ID": number, "SETTINGS": SET})
    assert rest.result(INVOICE_GET, params)["SHOP_ID"] == "7"
    assert rest.result(INVOICE_GET, {**params, "PAY_SYSTEM_ID": other})["SHOP_ID"] == ""
