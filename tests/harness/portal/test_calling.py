import time as clock
from datetime import datetime
from typing import Any
from xml.etree import ElementTree

import pytest
from payframe.harness.portal.methods import METHODS

from tests.harness.portal.conftest import Rest, handler

LIST = "sale.paysystem.handler.list"
ADD = "sale.paysystem.handler.add"
NO_AUTH = {"error": "NO_AUTH_FOUND", "error_description": "Wrong authorization data"}
UNKNOWN_WEBHOOK = {
    "error": "INVALID_CREDENTIALS",
    "error_description": "Invalid request credentials",
}
BRACKETS = {
    "name": "Shop",
    "CODE": "shop",
    "SETTINGS[CODES][X][NAME]": "X",
    "SETTINGS[CURRENCY][]": "USD",
    "SETTINGS[IFRAME_DATA][ACTION_URI]": "https://pay.example.com/",
}
NESTED = {
    "CODES": {"X": {"NAME": "X"}},
    "CURRENCY": ["USD"],
    "IFRAME_DATA": {"ACTION_URI": "https://pay.example.com/"},
}


@pytest.mark.parametrize(
    "request_",
    [
        {"verb": "GET", "params": BRACKETS},
        {"verb": "POST", "params": BRACKETS},
        {"verb": "POST", "data": BRACKETS},
        {"verb": "POST", "data": BRACKETS, "files": {"unrelated": b"x"}},
        {"verb": "POST", "json": {"NAME": "Shop", "CODE": "shop", "SETTINGS": NESTED}},
        {"verb": "POST", "params": {"CODE": "no"}, "json": {**handler(), "SETTINGS": NESTED}},
    ],
)
def test_every_way_to_give_parameters(rest: Rest, request_: dict[str, Any]) -> None:
    answer = rest.send(url=f"/rest/{rest.webhook}/{ADD}", **request_)
    assert answer.status_code == 200, answer.text
    stored = rest.result(LIST)[0]
    assert (stored["NAME"], stored["CODE"], stored["SETTINGS"]) == ("Shop", "shop", NESTED)


def test_the_envelope(rest: Rest) -> None:
    before = clock.time()
    _, content = rest.call(LIST)
    assert list(content) == ["result", "time"]
    time = content["time"]
    assert before <= time["start"] <= time["finish"] <= clock.time()
    assert time["duration"] == pytest.approx(time["finish"] - time["start"])
    assert 0 < time["operating"] <= time["processing"] <= time["duration"]
    assert 540 <= time["operating_reset_at"] - time["start"] <= 600
    assert datetime.fromisoformat(time["date_start"]).utcoffset() is not None


def test_the_format_follows_the_methods_ending(rest: Rest) -> None:
    rest.result(ADD, handler())
    for name in (LIST, f"{LIST}.json", f"{LIST.upper()}.JSON"):
        answer = rest.send("GET", f"/rest/{rest.webhook}/{name}")
        assert answer.headers["content-type"] == "application/json; charset=utf-8"
        assert answer.json()["result"][0]["CODE"] == "shop"
    xml = rest.send("GET", f"/rest/{rest.webhook}/{LIST}.xml")
    assert xml.headers["content-type"] == "text/xml; charset=utf-8"
    assert ElementTree.fromstring(xml.text).findtext("result/item/CODE") == "shop"
    refused = rest.send("GET", f"/rest/{rest.webhook}/{ADD}.xml")
    assert ElementTree.fromstring(refused.text).findtext("error") == "ERROR_CHECK_FAILURE"


def test_an_access_token_comes_as_parameter_or_header(rest: Rest) -> None:
    token = rest.mint(application="local.a")
    for request in (
        {"params": {"auth": token}},
        {"data": {"auth": token}},
        {"json": {"auth": token}},
        {"headers": {"authorization": f"Bearer {token}"}},
    ):
        assert rest.send("POST", f"/rest/{LIST}", **request).status_code == 200  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("1/wrong", UNKNOWN_WEBHOOK),
        ("2/{code}", UNKNOWN_WEBHOOK),
        ("1/{token}", UNKNOWN_WEBHOOK),
        ("one/{code}", NO_AUTH),
        ("1/no-code", NO_AUTH),
    ],
)
def test_a_webhook_is_good_for_its_user_only(
    rest: Rest, path: str, expected: dict[str, str]
) -> None:
    code, token = rest.webhook.partition("/")[2], rest.mint(application="local.a")
    answer = rest.send("GET", f"/rest/{path.format(code=code, token=token)}/{LIST}")
    assert (answer.status_code, answer.json()) == (401, expected)


def test_a_webhooks_code_is_no_access_token(rest: Rest) -> None:
    assert rest.call_as(rest.webhook.partition("/")[2], LIST) == (401, NO_AUTH)
    assert rest.send("GET", f"/rest/{LIST}").json() == NO_AUTH


def test_what_a_portal_tells_of_itself(rest: Rest) -> None:
    assert set(rest.result("methods")) == {method.name for method in METHODS.values()}
    assert rest.result("method.get", {"name": LIST}) == {"isExisting": True, "isAvailable": True}
    assert rest.result("method.get", {"name": "x"}) == {"isExisting": False, "isAvailable": False}
    assert rest.result("scope") == ["pay_system", "sale"]
    assert rest.result("profile")["ID"] == rest.result("user.current")["ID"] == "1"
    assert datetime.fromisoformat(rest.result("server.time")).tzinfo
    limited = rest.mint(scopes="sale")
    _, content = rest.call("method.get", {"name": LIST}, webhook=limited)
    assert content["result"] == {"isExisting": True, "isAvailable": False}
