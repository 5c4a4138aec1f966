"""Reading and writing through the portal is the same on each database that is offered."""

from collections.abc import Iterator
from typing import Any

import pytest
from anyio.from_thread import BlockingPortal
from payframe.harness.portal.provision import provision
from payframe.harness.store.database import open_store

from tests.harness.portal.conftest import Rest, pay_system, payment


@pytest.fixture
def anywhere(database_url: str, loop: BlockingPortal) -> Iterator[Rest]:
    """A portal on a database of each kind."""
    store = open_store(database_url)
    with store.write() as session:
        provision(session)
    rest = Rest(store, loop)
    yield rest
    rest.close()
    store.close()


FILTERS: list[tuple[dict[str, Any], int]] = [
    ({"%accountNumber": [1, "x" * 100_000]}, 1),
    ({"%comments": "door"}, 1),
    ({"%id": "1"}, 1),
    ({"=%sum": "10_.%"}, 1),
    ({"%sum": "7"}, 0),
    ({"sum": 100.5}, 1),
    ({">=sum": "100.50", "<sum": 1000}, 1),
    ({">sum": "nothing"}, 0),
    ({"paid": False}, 1),
    ({"paid": "perhaps"}, 0),
    ({"paySystemIsCash": "N"}, 1),
    ({">dateBill": "2020-01-01"}, 1),
    ({"%dateBill": "20"}, 1),
    ({"<dateBill": "never"}, 0),
    ({"!psStatus": "Y"}, 1),
    ({"datePaid": None}, 1),
    ({"comments": "a\0b"}, 0),
    ({"!%comments": "a\0b"}, 1),
    ({"@id": [str(n) for n in range(400)]}, 1),
    ({"id": "9" * 18}, 0),
    ({"<id": "9" * 18}, 1),
    ({"id": {"x": {"y": 1}}}, 0),
]


# None is where the ID goes.
NOT_FOUND: list[tuple[str, dict[str, Any], str]] = [
    ("sale.order.get", {"id": None}, "200540400001"),
    ("sale.payment.get", {"id": None}, "200640400001"),
    ("sale.persontype.get", {"id": None}, "200740400001"),
    ("sale.paysystem.update", {"ID": None, "FIELDS": {}}, "ERROR_PAY_SYSTEM_NOT_FOUND"),
    ("sale.paysystem.handler.delete", {"ID": None}, "ERROR_HANDLER_NOT_FOUND"),
    ("sale.paysystem.settings.get", {"ID": None, "PERSON_TYPE_ID": 1}, "ERROR_CHECK_FAILURE"),
]


def test_filters_find_the_same(anywhere: Rest) -> None:
    payment(anywhere, pay_system(anywhere), sum="100.50", comments="at the door")
    for given, found in FILTERS:
        status, content = anywhere.call("sale.payment.list", {"filter": given})
        assert status == 200, (given, content)
        assert (content["total"], len(content["result"]["payments"])) == (found, found), given


def test_every_field_can_be_asked_for_sorted_by_and_filtered_by(anywhere: Rest) -> None:
    payment(anywhere, pay_system(anywhere))
    for name, method in (("payment", "sale.payment"), ("order", "sale.order")):
        for field in anywhere.result(f"{method}.getFields")[name]:
            for value in ("1", 1, True, None, ["x", 2]):
                given = {
                    "select": [field],
                    "order": {field: "desc"},
                    "filter": {f"!{field}": value},
                }
                assert anywhere.call(f"{method}.list", given)[0] == 200, (field, value)


def test_what_is_written_is_read_back(anywhere: Rest) -> None:
    number = payment(anywhere, pay_system(anywhere), paid=True, sum="100.50")
    read = anywhere.result("sale.payment.get", {"id": number})["payment"]
    assert (read["paid"], read["sum"]) == ("Y", 100.5)
    order = anywhere.result("sale.order.get", {"id": read["orderId"]})["order"]
    assert order["payed"] == "Y"
    assert order["payments"] == [read]
    fields = {"comments": "short", "responsibleId": 2**40}
    status, content = anywhere.call("sale.order.update", {"id": order["id"], "fields": fields})
    assert (status, content["error"]) == (400, "0")


@pytest.mark.parametrize("number", ["9" * 18, 2**31, -(2**40), "1" * 30])
def test_an_id_that_no_row_can_have_is_not_found(anywhere: Rest, number: Any) -> None:
    for method, params, code in NOT_FOUND:
        given = {name: number if value is None else value for name, value in params.items()}
        status, content = anywhere.call(method, given)
        assert (status, content["error"]) == (400, code), method
