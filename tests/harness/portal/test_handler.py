from typing import Any

import pytest

from tests.harness.portal.conftest import Rest, handler, pay_system

ADD = "sale.paysystem.handler.add"
UPDATE = "sale.paysystem.handler.update"
NO_MODE = (
    "Parameter SETTINGS[FORM_DATA] or SETTINGS[CHECKOUT_DATA] or SETTINGS[IFRAME_DATA] "
    "is not defined"
)


def settings(**parts: Any) -> dict[str, Any]:
    return {"NAME": "N", "CODE": "C", "SETTINGS": parts}


def without(*names: str) -> dict[str, Any]:
    """Everything wrong that can be, but for the parameters before the first of `names`."""
    given = {"NAME": "N", "CODE": "taken", "SETTINGS": {"CLIENT_TYPE": "b2x"}}
    return {name: value for name, value in given.items() if name not in names}


@pytest.mark.parametrize(
    ("params", "text"),
    [
        ({}, "Parameter NAME is not defined"),
        (without("NAME", "CODE", "SETTINGS"), "Parameter NAME is not defined"),
        ({"NAME": None, "CODE": "C"}, "Parameter NAME is not defined"),
        (without("CODE", "SETTINGS"), "Parameter CODE is not defined"),
        ({"NAME": ""}, "Parameter CODE is not defined"),
        (without("SETTINGS"), "Parameter SETTINGS is not defined"),
        ({"NAME": "", "CODE": ""}, "Parameter SETTINGS is not defined"),
        (without(), "Parameter SETTINGS[CODES] is not defined"),
        ({"NAME": "N", "CODE": "C", "SETTINGS": "x"}, "Parameter SETTINGS[CODES] is not defined"),
        (settings(CODES=None), "Parameter SETTINGS[CODES] is not defined"),
        (settings(CODES=[], CLIENT_TYPE="b2x"), NO_MODE),
        (settings(CODES={}, FORM_DATA={}, CHECKOUT_DATA=[], IFRAME_DATA=""), NO_MODE),
        (
            settings(CODES={}, FORM_DATA={"METHOD": "POST"}, IFRAME_DATA={"FIELDS": {}}),
            "Parameter SETTINGS[FORM_DATA][ACTION_URI] is not defined",
        ),
        (
            settings(CODES={}, CHECKOUT_DATA={"ACTION_URI": ""}, CLIENT_TYPE="b2x"),
            "Parameter SETTINGS[IFRAME_DATA][ACTION_URI] is not defined",
        ),
        (
            settings(CODES={}, IFRAME_DATA={"ACTION_URI": None}),
            "Parameter SETTINGS[IFRAME_DATA][ACTION_URI] is not defined",
        ),
        (
            settings(CODES={}, IFRAME_DATA={"ACTION_URI": "https://a.example"}, CLIENT_TYPE="b2x"),
            "Parameter value SETTINGS[CLIENT_TYPE] is invalid",
        ),
    ],
)
def test_add_checks_in_order(rest: Rest, params: dict[str, Any], text: str) -> None:
    rest.result(ADD, handler("taken"))
    assert rest.refusal(ADD, params) == (400, "ERROR_CHECK_FAILURE", text)
    assert len(rest.result("sale.paysystem.handler.list")) == 1


def test_client_type_is_checked_before_the_code_is_found_taken(rest: Rest) -> None:
    rest.result(ADD, handler("taken"))
    assert rest.refusal(ADD, handler("taken", CLIENT_TYPE="B2C"))[1] == "ERROR_CHECK_FAILURE"
    assert rest.refusal(ADD, handler("taken")) == (
        400,
        "ERROR_HANDLER_ALREADY_EXIST",
        "Handler already exists!",
    )


@pytest.mark.parametrize(
    "wrong", [{"NAME": ["N"]}, {"CODE": {"a": "b"}}, {"SORT": "first"}, {"NAME": "n" * 256}]
)
def test_what_cannot_be_stored_is_refused_with_details(rest: Rest, wrong: dict[str, Any]) -> None:
    status, code, text = rest.refusal(ADD, handler() | wrong)
    assert (status, code) == (400, "ERROR_HANDLER_ADD")
    assert next(iter(wrong)) in text


@pytest.mark.parametrize(("sort", "stored"), [(None, "100"), (0, "100"), ("0", "100"), ("7", "7")])
def test_sort_defaults_to_100_and_is_listed_as_a_string(rest: Rest, sort: Any, stored: str) -> None:
    rest.result(ADD, handler() | {"SORT": sort})
    assert rest.result("sale.paysystem.handler.list")[0]["SORT"] == stored


def test_settings_come_back_as_they_were_given(rest: Rest) -> None:
    given = handler(unknown={"Keys": [1, 2.5, None, True, "é", {}]}, CURRENCY=["USD"])
    number = rest.result(ADD, given)
    assert isinstance(number, int)
    assert rest.result("sale.paysystem.handler.list") == [
        {
            "ID": str(number),
            "NAME": given["NAME"],
            "CODE": given["CODE"],
            "SORT": "100",
            "SETTINGS": given["SETTINGS"],
        }
    ]


def test_only_top_level_names_are_case_insensitive(rest: Rest) -> None:
    rest.result(ADD, {name.lower(): value for name, value in handler().items()})
    lower = {"name": "N", "code": "other", "settings": {"codes": {}}}
    assert rest.refusal(ADD, lower)[2] == "Parameter SETTINGS[CODES] is not defined"


def test_update_changes_what_is_given(rest: Rest) -> None:
    number = rest.result(ADD, handler())
    fields = {"NAME": "New", "SORT": 5}
    assert rest.result(UPDATE, {"id": number, "fields": fields}) is True
    stored = rest.result("sale.paysystem.handler.list")[0]
    assert (stored["NAME"], stored["SORT"], stored["CODE"]) == ("New", "5", "shop")
    assert stored["SETTINGS"] == handler()["SETTINGS"]


@pytest.mark.parametrize(
    ("params", "expected"),
    [
        ({}, (400, "ERROR_CHECK_FAILURE", "Parameter FIELDS is not defined")),
        ({"ID": 99}, (400, "ERROR_CHECK_FAILURE", "Parameter FIELDS is not defined")),
        ({"FIELDS": {}}, (400, "ERROR_HANDLER_NOT_FOUND", "Handler not found")),
        ({"ID": 99, "FIELDS": {}}, (400, "ERROR_HANDLER_NOT_FOUND", "Handler not found")),
        ({"ID": "1'", "FIELDS": {}}, (400, "ERROR_HANDLER_NOT_FOUND", "Handler not found")),
        (
            {"ID": 1, "FIELDS": {"CODE": "other"}},
            (400, "ERROR_UNEXPECTED_ANSWER", "Server returned an unexpected response"),
        ),
        (
            {"ID": 1, "FIELDS": {"name": "x"}},
            (400, "ERROR_HANDLER_UPDATE", "Handler has no field name"),
        ),
    ],
)
def test_update_checks_in_order(
    rest: Rest, params: dict[str, Any], expected: tuple[int, str, str]
) -> None:
    rest.result(ADD, handler())
    rest.result(ADD, handler("other"))
    assert rest.refusal(UPDATE, params) == expected


def test_delete(rest: Rest) -> None:
    used = pay_system(rest, "shop")
    delete = "sale.paysystem.handler.delete"
    assert rest.refusal(delete) == (400, "ERROR_HANDLER_NOT_FOUND", "Handler not found")
    assert rest.refusal(delete, {"ID": 1}) == (
        400,
        "ERROR_PAY_SYSTEM_DELETE",
        "Pay system with handler SHOP exists!",
    )
    assert rest.result("sale.paysystem.delete", {"ID": used}) is True
    assert rest.result(delete, {"ID": "1"}) is True
    assert rest.result("sale.paysystem.handler.list") == []


@pytest.mark.parametrize(
    ("method", "params"),
    [
        (UPDATE, {"ID": 1, "FIELDS": {"NAME": "x"}}),
        ("sale.paysystem.handler.delete", {"ID": 1}),
        (
            "sale.paysystem.add",
            {
                "BX_REST_HANDLER": "shop",
                "NAME": "x",
                "PERSON_TYPE_ID": 1,
                "ENTITY_REGISTRY_TYPE": "ORDER",
            },
        ),
    ],
)
def test_a_handler_belongs_to_its_application(
    rest: Rest, method: str, params: dict[str, Any]
) -> None:
    owner, other = (rest.mint(application=name) for name in ("local.a", "local.b"))
    rest.call_as(owner, ADD, handler())
    assert rest.call_as(other, method, params) == (
        403,
        {"error": "ACCESS_DENIED", "error_description": "Access denied!"},
    )
    assert rest.call_as(owner, method, params)[0] == 200


def test_a_webhook_may_change_an_applications_handler(rest: Rest) -> None:
    rest.call_as(rest.mint(application="local.a"), ADD, handler())
    assert rest.result(UPDATE, {"ID": 1, "FIELDS": {"NAME": "x"}}) is True
