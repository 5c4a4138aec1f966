import time
from typing import Any
from urllib.parse import urlencode

from payframe.harness.portal.batch import MAX_COMMANDS, MAX_RESOLVED

from tests.harness.portal.conftest import Rest, handler

LIST = "sale.paysystem.handler.list"


def batch(rest: Rest, cmd: Any, **params: Any) -> Any:
    return rest.result("batch", {"cmd": cmd, **params})


def test_each_command_has_its_result_or_its_error(rest: Rest) -> None:
    answer = batch(rest, {"a": LIST, "b": "sale.paysystem.handler.delete?ID=9", "c": "scope"})
    assert answer["result"] == {"a": [], "c": ["pay_system", "sale"]}
    assert answer["result_error"] == {
        "b": {"error": "ERROR_HANDLER_NOT_FOUND", "error_description": "Handler not found"}
    }
    assert set(answer["result_time"]) == {"a", "c"}
    assert answer["result_time"]["a"]["operating"] > 0
    assert (answer["result_total"], answer["result_next"]) == ([], [])


def test_a_list_of_commands_gives_lists(rest: Rest) -> None:
    answer = batch(rest, [LIST, "sale.order.list"])
    assert answer["result"] == [[], {"orders": []}]
    assert answer["result_error"] == []
    assert answer["result_total"] == {"1": 0}


def test_a_list_with_a_failure_gives_a_map_of_what_went_well(rest: Rest) -> None:
    answer = batch(rest, ["nope", LIST])
    assert answer["result"] == {"1": []}
    assert answer["result_error"][0]["error"] == "ERROR_METHOD_NOT_FOUND"


def test_a_later_command_uses_an_earlier_result(rest: Rest) -> None:
    rest.result("sale.paysystem.handler.add", handler("shop"))
    add = urlencode(
        {
            "NAME": "Card of $result[list][0][NAME]",
            "BX_REST_HANDLER": "$result[list][0][CODE]",
            "PERSON_TYPE_ID": "3",
            "DESCRIPTION": "$result[nope][x]",
        }
    )
    answer = batch(rest, {"list": LIST, "add": f"sale.paysystem.add?{add}"})
    assert answer["result"]["add"] == 1, answer
    stored = rest.result("sale.paysystem.list")[0]
    assert (stored["NAME"], stored["ACTION_FILE"]) == ("Card of Shop", "shop")
    assert stored["DESCRIPTION"] == ""


def test_halt_ends_it_at_the_first_error(rest: Rest) -> None:
    cmd = {"a": LIST, "b": "nope", "c": LIST}
    assert set(batch(rest, cmd, halt=0)["result"]) == {"a", "c"}
    assert set(batch(rest, cmd, halt=1)["result"]) == {"a"}


def test_more_commands_than_allowed(rest: Rest) -> None:
    answer = batch(rest, {f"k{n}": "server.time" for n in range(MAX_COMMANDS + 2)})
    assert len(answer["result"]) == MAX_COMMANDS == 50
    assert set(answer["result_error"]) == {"k50", "k51"}
    assert answer["result_error"]["k50"] == {
        "error": "ERROR_BATCH_LENGTH_EXCEEDED",
        "error_description": "Max batch length exceeded",
    }


def test_a_batch_in_a_batch(rest: Rest) -> None:
    assert batch(rest, {"a": "batch?cmd[x]=scope"})["result_error"]["a"] == {
        "error": "ERROR_BATCH_METHOD_NOT_ALLOWED",
        "error_description": "Method is not allowed for batch usage",
    }


def test_scopes_and_rights_hold_in_a_batch(rest: Rest) -> None:
    _, content = rest.call("batch", {"cmd": [LIST]}, webhook=rest.mint(scopes="sale"))
    assert content["result"]["result_error"][0]["error"] == "insufficient_scope"
    _, content = rest.call("batch", {"cmd": [LIST]}, webhook=rest.mint(rights="none"))
    assert content["result"]["result_error"][0]["error"] == "ACCESS_DENIED"


def test_many_references_are_put_in_at_once(rest: Rest) -> None:
    many = urlencode([(f"x{n}", "$result[first][0]") for n in range(2_000)])
    cmd = {"first": "scope"} | {f"k{n}": f"scope?{many}" for n in range(MAX_COMMANDS - 1)}
    begin = time.perf_counter()
    assert len(batch(rest, cmd)["result"]) == MAX_COMMANDS
    assert time.perf_counter() - begin < 20  # a loop in a loop takes minutes


def test_references_do_not_grow_without_end(rest: Rest) -> None:
    order = {"lid": "s1", "personTypeId": 1, "currency": "USD", "comments": "x" * 1000}
    number = rest.result("sale.order.add", {"fields": order})["order"]["id"]
    cmd = {"k0": f"sale.order.get?id={number}"}
    for n in range(1, MAX_COMMANDS):
        twice = f"$result[k{n - 1}][order][comments]" * 2
        cmd[f"k{n}"] = f"sale.order.update?id={number}&" + urlencode({"fields[comments]": twice})
    answer = batch(rest, cmd, halt=1)
    (failed,) = answer["result_error"].values()
    assert failed["error"] == "ERROR_BATCH_LENGTH_EXCEEDED"
    stored = rest.result("sale.order.get", {"id": number})["order"]["comments"]
    assert len(stored) <= MAX_RESOLVED


def test_no_commands(rest: Rest) -> None:
    empty: list[Any] = []
    assert rest.result("batch") == {
        "result": empty,
        "result_error": empty,
        "result_total": empty,
        "result_next": empty,
        "result_time": empty,
    }
