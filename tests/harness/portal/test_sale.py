from typing import Any

import pytest

from tests.harness.portal.conftest import ORDER_TYPE, Rest, pay_system, payment

ORDER = {"lid": "s1", "personTypeId": ORDER_TYPE, "currency": "USD", "price": 12.5}


def test_person_types(rest: Rest) -> None:
    status, content = rest.call("sale.persontype.list", {"filter": {"entityRegistryType": "ORDER"}})
    assert status == 200
    assert content["total"] == 2
    assert [each["name"] for each in content["result"]["personTypes"]] == ["Individual", "Company"]


def test_an_order_lives_and_dies(rest: Rest) -> None:
    order = rest.result("sale.order.add", {"fields": ORDER})["order"]
    assert (order["price"], order["currency"], order["accountNumber"]) == (
        12.5,
        "USD",
        str(order["id"]),
    )
    assert rest.result("sale.order.get", {"id": order["id"]})["order"] == order
    assert len(rest.result("sale.order.list")["orders"]) == 1
    assert rest.result("sale.order.delete", {"id": order["id"]}) is True
    assert rest.refusal("sale.order.get", {"id": order["id"]}) == (
        400,
        "200540400001",
        "order is not exists",
    )


def test_a_payment_lives_and_dies(rest: Rest) -> None:
    number = pay_system(rest)
    payment_id = payment(rest, number, sum="0.10", currency="EUR")
    got = rest.result("sale.payment.get", {"id": payment_id})["payment"]
    assert (got["sum"], got["currency"], got["paySystemName"]) == (0.1, "EUR", "Card")
    changed = rest.result("sale.payment.update", {"id": payment_id, "fields": {"sum": 7}})
    assert changed["payment"] == {**got, "sum": 7}
    assert rest.result("sale.payment.delete", {"id": payment_id}) is True
    assert rest.refusal("sale.payment.get", {"id": payment_id}) == (
        400,
        "200640400001",
        "payment is not exists",
    )


@pytest.mark.parametrize(
    ("method", "params", "expected"),
    [
        ("sale.payment.get", {}, ("100", "Could not find value for parameter {id}")),
        ("sale.payment.get", {"ID": 1}, ("100", "Could not find value for parameter {id}")),
        ("sale.order.get", {}, ("100", "Could not find value for parameter {id}")),
        ("sale.payment.update", {"id": 1}, ("100", "Could not find value for parameter {fields}")),
        (
            "sale.order.add",
            {"fields": {"lid": "s1"}},
            ("0", "Required fields: personTypeId, currency"),
        ),
        (
            "sale.payment.add",
            {"fields": {"orderId": 99, "paySystemId": 1}},
            ("200540400001", "order is not exists"),
        ),
        (
            "sale.order.add",
            {"fields": {**ORDER, "price": "x"}},
            ("0", "Field price has a value that cannot be stored"),
        ),
    ],
)
def test_refusals(
    rest: Rest, method: str, params: dict[str, Any], expected: tuple[str, str]
) -> None:
    assert rest.refusal(method, params) == (400, *expected)


def test_lists_come_in_pages_of_50(rest: Rest) -> None:
    for _ in range(51):
        rest.result("sale.order.add", {"fields": ORDER})
    _, first = rest.call("sale.order.list", {"select": ["id"]})
    assert (len(first["result"]["orders"]), first["total"], first["next"]) == (50, 51, 50)
    _, last = rest.call("sale.order.list", {"select": ["id"], "start": first["next"]})
    assert (len(last["result"]["orders"]), last["total"]) == (1, 51)
    assert "next" not in last


def test_an_id_and_a_number_are_never_given_again(rest: Rest) -> None:
    number = pay_system(rest)
    order = rest.result("sale.order.add", {"fields": ORDER})["order"]
    seen: set[object] = set()
    for _ in range(3):
        fields = {"orderId": order["id"], "paySystemId": number, "sum": 5}
        added = rest.result("sale.payment.add", {"fields": fields})["payment"]
        assert not seen & {added["id"], added["accountNumber"]}
        seen |= {added["id"], added["accountNumber"]}
        rest.result("sale.payment.delete", {"id": added["id"]})
    rest.result("sale.order.delete", {"id": order["id"]})
    later = rest.result("sale.order.add", {"fields": ORDER})["order"]
    assert later["id"] != order["id"]
    assert later["accountNumber"] != order["accountNumber"]
