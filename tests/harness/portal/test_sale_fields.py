"""sale.persontype, sale.order and sale.payment as the official SDKs read and write them."""

import re
from typing import Any

import pytest

from tests.harness.portal.conftest import ORDER_TYPE, Rest, pay_system, payment

ORDER = {"lid": "s1", "personTypeId": ORDER_TYPE, "currency": "USD", "price": 100}
DATE_ATOM = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d")
TYPES = {
    "personType": "active:string code:string id:integer name:string sort:string xmlId:string",
    "order": "accountNumber:string additionalInfo:string affiliateId:integer canceled:char "
    "comments:string companyId:integer currency:string dateCanceled:datetime dateInsert:datetime "
    "dateLock:datetime dateMarked:datetime dateStatus:datetime dateUpdate:datetime deducted:char "
    "discountValue:double empCanceledId:integer empMarkedId:integer empStatusId:integer "
    "externalOrder:char id:integer id1c:string lid:string lockedBy:char marked:char "
    "orderTopic:string payed:char personTypeId:integer personTypeXmlId:string price:double "
    "reasonCanceled:string reasonMarked:string recountFlag:char recurringId:char "
    "responsibleId:integer statusId:char statusXmlId:string taxValue:double updated1c:char "
    "userDescription:string userId:integer version:integer version1c:string xmlId:string",
    "payment": "accountNumber:string comments:string companyId:integer currency:string "
    "dateBill:datetime dateMarked:datetime datePaid:datetime datePayBefore:datetime "
    "dateResponsibleId:datetime empMarkedId:integer empPaidId:integer empResponsibleId:integer "
    "empReturnId:integer externalPayment:char id:integer id1c:string isReturn:char marked:char "
    "orderId:integer paid:char payReturnComment:string payReturnDate:datetime payReturnNum:string "
    "paySystemId:integer paySystemIsCash:char paySystemName:string paySystemXmlId:string "
    "payVoucherDate:datetime payVoucherNum:string priceCod:double psCurrency:string "
    "psInvoiceId:string psResponseDate:datetime psStatus:char psStatusCode:string "
    "psStatusDescription:string psStatusMessage:string psSum:double reasonMarked:string "
    "responsibleId:integer sum:double updated1c:char version1c:string xmlId:string",
}


@pytest.mark.parametrize("name", list(TYPES))
def test_get_fields_names_each_field_with_its_type(rest: Rest, name: str) -> None:
    fields = rest.result(f"sale.{name.lower()}.getFields")[name]
    assert " ".join(f"{key}:{each['type']}" for key, each in fields.items()) == TYPES[name]
    for each in fields.values():
        assert set(each) == {"isImmutable", "isReadOnly", "isRequired", "type"}
    assert fields["id"]["isReadOnly"] is True


def test_what_is_required_and_what_cannot_be_changed(rest: Rest) -> None:
    order = rest.result("sale.order.getfields")["order"]
    assert [name for name, each in order.items() if each["isRequired"]] == [
        "currency",
        "lid",
        "personTypeId",
    ]
    assert order["currency"]["isImmutable"] is True


def test_an_answer_has_each_field_that_get_fields_names(rest: Rest) -> None:
    number = payment(rest, pay_system(rest))
    got = {
        "payment": rest.result("sale.payment.get", {"id": number})["payment"],
        "order": rest.result("sale.order.list")["orders"][0],
        "personType": rest.result("sale.persontype.get", {"id": 1})["personType"],
    }
    for name, values in got.items():
        assert sorted(values) == [each.partition(":")[0] for each in TYPES[name].split()]


def test_a_person_type_lives_and_dies(rest: Rest) -> None:
    fields = {"name": "Partner", "code": "PARTNER", "xmlId": "x-1", "active": False}
    added = rest.result("sale.persontype.add", {"fields": fields})["personType"]
    expected = {**fields, "id": added["id"], "sort": "100", "active": "N"}
    assert added == expected
    assert rest.result("sale.persontype.get", {"id": added["id"]})["personType"] == expected
    listed = {"select": ["id", "name"], "filter": {"=id": added["id"]}}
    assert rest.result("sale.persontype.list", listed)["personTypes"] == [
        {"id": added["id"], "name": "Partner"}
    ]
    changed = {"id": added["id"], "fields": {"name": "Friend", "sort": 7}}
    updated = rest.result("sale.persontype.update", changed)["personType"]
    assert updated == {**expected, "name": "Friend", "sort": "7"}
    refused = (400, "200750000005", "person type code exists")
    assert rest.refusal("sale.persontype.add", {"fields": fields}) == refused
    assert rest.result("sale.persontype.delete", {"id": added["id"]}) is True
    for method in ("get", "delete"):
        assert rest.refusal(f"sale.persontype.{method}", {"id": added["id"]}) == (
            400,
            "200740400001",
            "person type is not exists",
        )
    missing = (400, "0", "Required fields: name")
    assert rest.refusal("sale.persontype.add", {"fields": {"sort": 1}}) == missing


def test_a_person_type_that_orders_use_stays(rest: Rest) -> None:
    rest.result("sale.order.add", {"fields": ORDER})
    refused = rest.refusal("sale.persontype.delete", {"id": ORDER_TYPE})
    assert refused[1] == "200750000008"


WRITTEN_ORDER: dict[str, Any] = {
    "comments": "Leave at the door",
    "statusId": "P",
    "canceled": "Y",
    "reasonCanceled": "changed my mind",
    "marked": True,
    "responsibleId": 1,
    "companyId": 5,
    "additionalInfo": "more",
    "price": "1234567890123.45",
    "xmlId": "x",
    "id1c": "1c",
    "dateInsert": "2024-04-10T09:00:00+02:00",
}


def test_what_is_written_to_an_order_is_read_back(rest: Rest) -> None:
    number = rest.result("sale.order.add", {"fields": ORDER})["order"]["id"]
    asked = {"id": number, "fields": {**WRITTEN_ORDER, "currency": "EUR", "payed": "Y", "x": 1}}
    updated = rest.result("sale.order.update", asked)["order"]
    got = rest.result("sale.order.get", {"id": number})["order"]
    assert updated == got
    expected = {**WRITTEN_ORDER, "marked": "Y", "price": 1234567890123.45}
    expected["dateInsert"] = "2024-04-10T07:00:00+00:00"
    assert {name: got[name] for name in expected} == expected
    assert (got["currency"], got["payed"]) == ("USD", "N")
    assert (got["empCanceledId"], got["empStatusId"], got["empMarkedId"]) == (1, 1, 1)
    for name in ("dateUpdate", "dateStatus", "dateCanceled", "dateMarked", "dateInsert"):
        assert DATE_ATOM.fullmatch(got[name]), name
    assert rest.refusal("sale.order.update", {"id": 999, "fields": {}}) == (
        400,
        "200540400001",
        "order is not exists",
    )


WRITTEN_PAYMENT: dict[str, Any] = {
    "comments": "By card",
    "isReturn": "N",
    "responsibleId": 1,
    "marked": 1,
    "reasonMarked": "odd",
    "payVoucherNum": "77",
    "payVoucherDate": "2024-04-10T09:30:15+02:00",
    "datePayBefore": "2024-05-01",
    "psStatus": "1",
    "psSum": 249.9,
    "companyId": None,
}


def test_what_is_written_to_a_payment_is_read_back(rest: Rest) -> None:
    system = pay_system(rest, XML_ID="bx_1")
    number = payment(rest, system)
    updated = rest.result("sale.payment.update", {"id": number, "fields": WRITTEN_PAYMENT})
    got = rest.result("sale.payment.get", {"id": number})["payment"]
    assert updated["payment"] == got
    expected = {
        **WRITTEN_PAYMENT,
        "marked": "Y",
        "psStatus": "Y",
        "payVoucherDate": "2024-04-10T07:30:15+00:00",
    }
    del expected["datePayBefore"]
    assert {name: got[name] for name in expected} == expected
    assert (got["paySystemXmlId"], got["paySystemIsCash"]) == ("bx_1", "N")
    for name in ("dateBill", "datePayBefore", "dateMarked", "dateResponsibleId"):
        assert DATE_ATOM.fullmatch(got[name]), name


def test_an_order_is_payed_once_its_payments_make_up_its_price(rest: Rest) -> None:
    system = pay_system(rest)
    order = rest.result("sale.order.add", {"fields": {**ORDER, "price": "0.80"}})["order"]
    for amount, payed in (("0.70", "N"), ("0.10", "Y")):
        fields = {"orderId": order["id"], "paySystemId": system, "sum": amount, "paid": "Y"}
        added = rest.result("sale.payment.add", {"fields": fields})["payment"]
        assert added["datePaid"]
        assert rest.result("sale.order.get", {"id": order["id"]})["order"]["payed"] == payed
    for given in (True, 1, "1", "Y"):
        found = rest.result("sale.order.list", {"filter": {"payed": given}})["orders"]
        assert [each["id"] for each in found] == [order["id"]]


@pytest.mark.parametrize("method", ["sale.order.list", "sale.payment.list", "sale.persontype.list"])
def test_names_that_are_no_fields_are_passed_over(rest: Rest, method: str) -> None:
    payment(rest, pay_system(rest))
    params = {"select": ["id", "nope"], "filter": {"!nope": 1}, "order": {"nope": "desc"}}
    (records,) = rest.result(method, params).values()
    assert [list(each) for each in records] == [["id"]] * len(records) != []
    (records,) = rest.result(method, {"select": ["nope"]}).values()
    assert len(records[0]) > 5


def test_sums_are_compared_as_numbers(rest: Rest) -> None:
    for price in ("9", "100.00", "249.90"):
        rest.result("sale.order.add", {"fields": {**ORDER, "price": price}})

    def prices(**given: Any) -> list[float]:
        return [each["price"] for each in rest.result("sale.order.list", given)["orders"]]

    assert prices(filter={">price": 10}) == [100, 249.9]
    assert prices(filter={"price": 249.9}) == [249.9]
    assert prices(order={"price": "desc"}) == [249.9, 100, 9]


def test_start_is_rounded_down_to_a_page(rest: Rest) -> None:
    for _ in range(51):
        rest.result("sale.order.add", {"fields": ORDER})

    def page(start: int) -> Any:
        return rest.call("sale.order.list", {"select": ["id"], "start": start})[1]

    first, second = page(0), page(50)
    for start, expected in ((7, first), (49, first), (50, second), (99, second)):
        got = page(start)
        assert got["result"] == expected["result"]
        assert got.get("next") == expected.get("next")
    uncounted = page(-1)
    assert uncounted["result"] == first["result"]
    assert set(uncounted) == {"result", "time"}


@pytest.mark.parametrize(
    "given",
    [
        {"%accountNumber": [1, "x" * 100_000]},
        {"=%accountNumber": "%" * 60_000},
        {"!%comments": ["x" * 100_000]},
        {"%id": "1"},
        {"%sum": "10"},
        {"id": "9" * 18},
        {"comments": "a\0b"},
        {"%comments": "a\0b"},
    ],
)
def test_no_filter_is_too_much(rest: Rest, given: dict[str, Any]) -> None:
    payment(rest, pay_system(rest))
    status, content = rest.call("sale.payment.list", {"filter": given})
    assert status == 200, content


@pytest.mark.parametrize("method", ["sale.payment.list", "sale.paysystem.list"])
def test_a_filter_with_more_values_than_a_database_takes_is_refused(
    rest: Rest, method: str
) -> None:
    given = {"filter": {"%NAME": ["x"] * 2_000, "%XML_ID": ["x"] * 2_000}}
    assert rest.refusal(method, given) == (
        400,
        "ERROR_CHECK_FAILURE",
        "More than 500 values in filter",
    )


@pytest.mark.parametrize("fields", [{"companyId": 10**12}, {"comments": "a\0b"}, {"payed": "Y"}])
def test_a_value_that_no_database_holds_is_refused_in_words(
    rest: Rest, fields: dict[str, Any]
) -> None:
    status, content = rest.call("sale.order.add", {"fields": {**ORDER, **fields}})
    if "payed" in fields:
        assert status == 200
    else:
        assert (status, content["error"]) == (400, "0")


@pytest.mark.parametrize("select", [["id"], ["ID"], "id", {"0": "Id"}])
def test_pay_systems_are_selected_in_any_case(rest: Rest, select: Any) -> None:
    number = pay_system(rest)
    params = {"select": select, "filter": {"active": "N"}, "order": {"id": "asc"}}
    assert rest.result("sale.paysystem.list", params) == [{"ID": number}]


@pytest.mark.parametrize(
    ("given", "stored"),
    [(True, "Y"), ("1", "Y"), (1, "Y"), ("Y", "Y"), (False, "N"), (0, "N"), ("0", "N"), ("N", "N")],
)
def test_yes_and_no_have_several_forms(rest: Rest, given: Any, stored: str) -> None:
    number = pay_system(rest, ACTIVE=given)
    listed = rest.result("sale.paysystem.list", {"FILTER": {"ACTIVE": given}})
    assert [(each["ID"], each["ACTIVE"]) for each in listed] == [(number, stored)]
    opposite = {"ID": number, "FIELDS": {"ACTIVE": stored == "N"}}
    assert rest.result("sale.paysystem.update", opposite) is True
    assert rest.result("sale.paysystem.list")[0]["ACTIVE"] != stored


def test_app_info_is_of_the_application_or_of_the_webhook(rest: Rest) -> None:
    assert set(rest.result("app.info")) == {"SCOPE", "LICENSE"}
    assert rest.result("app.info")["SCOPE"] == ["pay_system", "sale"]
    _, content = rest.call_as(rest.mint(application="local.a"), "app.info")
    assert content["result"]["CODE"] == "local.a"
