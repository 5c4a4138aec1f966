"""The vendor's "Statuses and System Error Codes": each by its cause, and each by a fault."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from payframe.harness.portal import faults
from payframe.harness.portal.call import Options
from payframe.harness.portal.errors import SYSTEM, PortalError
from payframe.harness.portal.limits import OPERATING_LIMIT, PLANS, OperatingTime, RequestLimit

from tests.harness.portal.conftest import Rest
from tests.harness.portal.reference import PAGE

LIST = "sale.paysystem.handler.list"
DENIED = (403, {"error": "ACCESS_DENIED", "error_description": "Access denied!"})


def vendors_table() -> list[tuple[int, str, str]]:
    table = PAGE.read_text("utf-8").partition("Statuses and System Error Codes")[2]
    rows = re.findall(r"^([45]\d\d)\n\n(\w+)\n(.+)$", table, re.M)
    return [(int(status), code, text) for status, code, text in rows]


def test_the_vendors_table_is_read() -> None:
    assert len(vendors_table()) == 15


def error(code: str) -> tuple[int, dict[str, str]]:
    status, text = SYSTEM[code]
    return status, {"error": code, "error_description": text}


@pytest.mark.parametrize(("status", "code", "text"), vendors_table())
def test_each_can_be_had_by_a_fault(rest: Rest, status: int, code: str, text: str) -> None:
    with rest.store.write() as session:
        faults.set_fault(session, code, None, 1)
    assert rest.call("server.time") == (
        status,
        {"error": code, "error_description": text},
    )
    assert rest.call("server.time")[0] == 200


def test_causes_in_their_order(rest_with: Callable[[Options], Rest]) -> None:
    rest = rest_with(Options(strict_https=True))

    def call(method: str, webhook: str, base: str = "https://localhost") -> tuple[int, Any]:
        answer = rest.send("GET", f"/rest/{webhook}/{method}", base=base)
        return answer.status_code, answer.json()

    assert call("nope", "1/wrong", base="http://localhost") == error("INVALID_REQUEST")
    assert call("nope", "one/wrong") == error("NO_AUTH_FOUND")
    assert call("nope", "1/wrong") == (401, error("INVALID_CREDENTIALS")[1])
    expired = rest.mint(lifetime=timedelta(0), admitted=False)
    assert call("nope", expired) == error("expired_token")
    assert call("nope", rest.mint(admitted=False)) == error("user_access_error")
    poor = rest.mint(scopes="", rights="none")
    assert call("nope", poor) == error("ERROR_METHOD_NOT_FOUND")
    assert call(LIST, poor) == error("insufficient_scope")
    assert call(LIST, rest.mint(rights="none")) == DENIED
    assert call(LIST, rest.mint())[0] == 200


@pytest.mark.parametrize(
    ("rights", "allowed"),
    [
        ("administrator", {LIST, "sale.paysystem.pay.payment", "sale.order.list", "server.time"}),
        ("orders", {"sale.paysystem.pay.payment", "sale.order.list", "server.time"}),
        ("none", {"server.time"}),
    ],
)
def test_rights(rest: Rest, rights: str, allowed: set[str]) -> None:
    webhook = rest.mint(rights=rights)
    methods = (LIST, "sale.paysystem.pay.payment", "sale.order.list", "server.time")
    assert {each for each in methods if rest.call(each, webhook=webhook) != DENIED} == allowed


def test_a_fault_of_one_method(rest: Rest) -> None:
    with rest.store.write() as session:
        faults.set_fault(session, "OVERLOAD_LIMIT", LIST.upper(), 2)
        assert [each.times for each in faults.list_faults(session)] == [2]
    assert rest.call("server.time")[0] == 200
    assert rest.call(LIST) == error("OVERLOAD_LIMIT")
    answer = rest.result("batch", {"cmd": {"a": LIST, "b": "server.time"}})
    assert answer["result_error"] == {"a": error("OVERLOAD_LIMIT")[1]}
    assert rest.call(LIST)[0] == 200


def test_a_fault_until_cleared(rest: Rest) -> None:
    with rest.store.write() as session:
        faults.set_fault(session, "PORTAL_DELETED", None, None)
    for _ in range(3):
        assert rest.call(LIST) == error("PORTAL_DELETED")
    with rest.store.write() as session:
        faults.clear_faults(session)
    assert rest.call(LIST)[0] == 200


def test_an_unknown_fault(rest: Rest) -> None:
    with (
        rest.store.write() as session,
        pytest.raises(faults.UnknownFaultError, match="PORTAL_DELETED"),
    ):
        faults.set_fault(session, "NOPE", None, None)


def test_too_many_requests(rest_with: Callable[[Options], Rest]) -> None:
    rest = rest_with(Options(limits="standard"))
    batch = {"cmd": {str(n): "server.time" for n in range(40)}}
    answers = [rest.call("batch", batch) for _ in range(60)]
    refused = [answer for answer in answers if answer == error("QUERY_LIMIT_EXCEEDED")]
    assert refused
    assert all(status == 200 for status, _ in answers[:50])  # a batch counts once


class Clock:
    def __init__(self) -> None:
        self.now = 1_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.mark.parametrize(("plan", "size", "leak"), [("standard", 50, 2), ("enterprise", 250, 5)])
def test_the_leaky_bucket(plan: str, size: int, leak: int) -> None:
    clock = Clock()
    limit = RequestLimit(PLANS[plan], clock)
    for _ in range(size):
        limit.count("a")
    with pytest.raises(PortalError, match="Too many requests"):
        limit.count("a")
    limit.count("b")
    clock.now += 1
    for _ in range(leak):
        limit.count("a")
    with pytest.raises(PortalError):
        limit.count("a")


def test_operating_time_sums_ten_minutes() -> None:
    clock = Clock()
    operating = OperatingTime(blocks=True, clock=clock)
    first, reset_at = operating.add("client", "m", OPERATING_LIMIT - 1)
    assert first == OPERATING_LIMIT - 1
    assert 540 < reset_at - clock.now <= 600
    operating.check("client", "m")
    clock.now += 60
    assert operating.add("client", "m", 1) == (OPERATING_LIMIT, reset_at)
    with pytest.raises(PortalError, match="operation time limit") as refused:
        operating.check("client", "m")
    assert (refused.value.status, refused.value.code) == (429, "OPERATION_TIME_LIMIT")
    operating.check("client", "other")
    operating.check("other", "m")
    clock.now = reset_at
    operating.check("client", "m")
    assert operating.add("client", "m", 0)[0] == 1
