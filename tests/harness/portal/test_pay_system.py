from typing import Any

import pytest

from tests.harness.portal.conftest import (
    INVOICE_TYPE,
    ORDER_TYPE,
    Rest,
    handler,
    pay_system,
    payment,
)

ADD = "sale.paysystem.add"
LIST = "sale.paysystem.list"
UPDATE = "sale.paysystem.update"
GOOD = {"NAME": "Card", "BX_REST_HANDLER": "shop", "PERSON_TYPE_ID": INVOICE_TYPE}


def but(**changed: Any) -> dict[str, Any]:
    return {**GOOD, **changed}


@pytest.mark.parametrize(
    ("params", "code", "text"),
    [
        ({}, "ERROR_CHECK_FAILURE", "Parameter BX_REST_HANDLER is not defined"),
        (
            but(BX_REST_HANDLER=""),
            "ERROR_CHECK_FAILURE",
            "Parameter BX_REST_HANDLER is not defined",
        ),
        ({"BX_REST_HANDLER": "none"}, "ERROR_HANDLER_NOT_FOUND", "Handler not found"),
        ({"BX_REST_HANDLER": "shop"}, "ERROR_PERSON_TYPE_NOT_FOUND", "Incorrect person type id!"),
        (
            but(NAME=None, PERSON_TYPE_ID=ORDER_TYPE),
            "ERROR_PERSON_TYPE_NOT_FOUND",
            "Incorrect person type id!",
        ),
        (
            but(ENTITY_REGISTRY_TYPE="CRM_QUOTE"),
            "ERROR_PERSON_TYPE_NOT_FOUND",
            "Incorrect person type id!",
        ),
        (but(NAME=""), "ERROR_CHECK_FAILURE", "Parameter NAME is not defined"),
        (but(ACTIVE="maybe"), "ERROR_PAY_SYSTEM_ADD", "ACTIVE must be Y or N"),
        (but(SETTINGS="x"), "ERROR_PAY_SYSTEM_ADD", "SETTINGS must be an object"),
    ],
)
def test_add_checks_in_order(rest: Rest, params: dict[str, Any], code: str, text: str) -> None:
    rest.result("sale.paysystem.handler.add", handler())
    assert rest.refusal(ADD, params) == (400, code, text)
    assert rest.result(LIST) == []


def test_add_fills_in_what_is_not_given(rest: Rest) -> None:
    rest.result("sale.paysystem.handler.add", handler())
    number = rest.result(ADD, GOOD)
    stored = rest.result(LIST)[0]
    expected = {
        "ID": number,
        "NAME": "Card",
        "PSA_NAME": "Card",
        "ACTION_FILE": "shop",
        "PERSON_TYPE_ID": INVOICE_TYPE,
        "SORT": 100,
        "ACTIVE": "N",
        "NEW_WINDOW": "N",
        "ENTITY_REGISTRY_TYPE": "CRM_INVOICE",
        "HAVE_RESULT_RECEIVE": "Y",
        "TARIFF": "",
        "LOGOTYPE": "",
    }
    assert expected.items() <= stored.items()
    assert len(stored) == 26


def test_keys_are_case_insensitive_at_every_level(rest: Rest) -> None:
    rest.result("sale.paysystem.handler.add", handler())
    given = {"settings": {"shop_id": {"type": "VALUE", "value": "7"}}, "logotype": "iVBOR"}
    number = rest.result(ADD, {key.lower(): value for key, value in GOOD.items()} | given)
    params = {"id": number, "person_type_id": INVOICE_TYPE}
    mapped = rest.result("sale.paysystem.settings.get", params)["SHOP_ID"]
    assert mapped == {"TYPE": "VALUE", "VALUE": "7"}
    assert rest.result(LIST, {"filter": {"logotype": "iVBOR"}})[0]["LOGOTYPE"] == "iVBOR"


@pytest.mark.parametrize(
    ("params", "code", "text"),
    [
        ({}, "ERROR_CHECK_FAILURE", "Parameter ID is not defined"),
        (
            {"ID": 99, "FIELDS": {"BX_REST_HANDLER": "none"}},
            "ERROR_HANDLER_NOT_FOUND",
            "Handler not found",
        ),
        ({"ID": 99}, "ERROR_PAY_SYSTEM_NOT_FOUND", "Pay system not found"),
        (
            {"ID": 1, "FIELDS": {"PERSON_TYPE_ID": INVOICE_TYPE}},
            "ERROR_PERSON_TYPE_NOT_FOUND",
            "Incorrect person type id!",
        ),
    ],
)
def test_update_checks_in_order(rest: Rest, params: dict[str, Any], code: str, text: str) -> None:
    pay_system(rest)
    assert rest.refusal(UPDATE, params) == (400, code, text)


def test_update_of_the_name_alone(rest: Rest) -> None:
    number = pay_system(rest, DESCRIPTION="d")
    assert rest.result(UPDATE, {"ID": number, "FIELDS": {"NAME": "New"}}) is True
    stored = rest.result(LIST)[0]
    assert (stored["NAME"], stored["DESCRIPTION"]) == ("New", "d")


def test_delete(rest: Rest) -> None:
    number = pay_system(rest)
    assert rest.refusal("sale.paysystem.delete", {"ID": 99}) == (
        400,
        "ERROR_PAY_SYSTEM_NOT_FOUND",
        "Pay system not found",
    )
    payment_id = payment(rest, number)
    assert rest.result("sale.paysystem.delete", {"ID": number}) is False
    rest.result("sale.payment.delete", {"id": payment_id})
    assert rest.result("sale.paysystem.delete", {"ID": number}) is True
    assert rest.result(LIST) == []


@pytest.mark.parametrize(
    ("filter_", "names"),
    [
        ({}, ["Alpha", "Beta", "beta_2"]),
        ({"NAME": "Beta"}, ["Beta"]),
        ({"=NAME": ["Alpha", "Beta"]}, ["Alpha", "Beta"]),
        ({"!NAME": "Beta"}, ["Alpha", "beta_2"]),
        ({"!=NAME": "Beta"}, ["Alpha", "beta_2"]),
        ({"@NAME": ["Alpha"]}, ["Alpha"]),
        ({"!@NAME": ["Alpha"]}, ["Beta", "beta_2"]),
        ({">ID": 1}, ["Beta", "beta_2"]),
        ({">=ID": "2"}, ["Beta", "beta_2"]),
        ({"<ID": 2}, ["Alpha"]),
        ({"<=ID": 2}, ["Alpha", "Beta"]),
        ({"%NAME": "_"}, ["beta_2"]),
        ({"!%NAME": "eta"}, ["Alpha"]),
        ({"=%NAME": "Al%"}, ["Alpha"]),
        ({"%=NAME": "%_2"}, ["beta_2"]),
        ({"!=%NAME": "Al%"}, ["Beta", "beta_2"]),
        ({"!%=NAME": "%a"}, ["beta_2"]),
        ({"TARIFF": "", "XML_ID": "x2"}, ["Beta"]),
        ({"ID": "no number"}, []),
    ],
)
def test_filter(rest: Rest, filter_: dict[str, Any], names: list[str]) -> None:
    for n, name in enumerate(("Alpha", "Beta", "beta_2"), 1):
        pay_system(rest, NAME=name, XML_ID=f"x{n}")
    assert [each["NAME"] for each in rest.result(LIST, {"FILTER": filter_})] == names


def test_select_and_order(rest: Rest) -> None:
    for name in ("Alpha", "Beta"):
        pay_system(rest, NAME=name)
    params = {"SELECT": ["NAME", "TARIFF"], "ORDER": {"name": "desc"}}
    assert rest.result(LIST, params) == [
        {"NAME": "Beta", "TARIFF": ""},
        {"NAME": "Alpha", "TARIFF": ""},
    ]


@pytest.mark.parametrize(
    ("params", "text"),
    [
        ({"SELECT": ["ID", "NOPE", "NEITHER"]}, "NOPE, NEITHER not allowed for select"),
        ({"FILTER": {"!%NOPE": 1}, "ORDER": {"NOPE": "ASC"}}, "NOPE not allowed for filter"),
        ({"ORDER": {"NOPE": "ASC"}}, "NOPE not allowed for order"),
    ],
)
def test_unknown_fields_of_a_list(rest: Rest, params: dict[str, Any], text: str) -> None:
    assert rest.refusal(LIST, params) == (400, "ERROR_CHECK_FAILURE", text)
