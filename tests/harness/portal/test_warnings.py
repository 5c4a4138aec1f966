from typing import Any

import pytest
from payframe.harness.sale import warnings

from tests.harness.portal.conftest import Rest, handler, pay_system

FRAME = {"ACTION_URI": "https://pay.example.com/"}


def described(**parts: Any) -> dict[str, Any]:
    return {"CODES": {"ID": {"NAME": "Number"}, "K": {"NAME": "Secret key"}}, **parts}


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        (described(IFRAME_DATA=FRAME), []),
        (described(IFRAME_DATA=FRAME | {"FIELDS": {"id": {"CODE": "ID"}}}), []),
        (
            described(IFRAME_DATA=FRAME, FORM_DATA=FRAME),
            ["works in iframe mode and never looks at FORM_DATA"],
        ),
        (described(IFRAME_DATA={"ACTION_URI": "http://pay.example.com/"}), ["is not https"]),
        (described(IFRAME_DATA={"ACTION_URI": "https://pay.example.com:8443/"}), ["port 8443"]),
        (described(IFRAME_DATA={"ACTION_URI": "/pay"}), ["not a full http(s) URL"]),
        (described(IFRAME_DATA={"ACTION_URI": "https://a:b:c/"}), ["is not a URL"]),
        (
            described(IFRAME_DATA=FRAME | {"FIELDS": {"x": {"CODE": "NO"}}}),
            ["'NO' is not in CODES"],
        ),
        (described(FORM_DATA=FRAME | {"PARAMS": {"x": "NO"}}), ["'NO' is not in CODES"]),
        (
            described(FORM_DATA=FRAME | {"FIELDS": {}, "PARAMS": {"x": "NO"}}),
            ["PARAMS] is never looked at"],
        ),
        (described(IFRAME_DATA=FRAME | {"FIELDS": {"x": {"CODE": "K"}}}), ["looks like a secret"]),
        (described(FORM_DATA=FRAME | {"FIELDS": {"x": {"CODE": "K"}}}), ["looks like a secret"]),
        (described(CHECKOUT_DATA=FRAME | {"FIELDS": {"x": {"CODE": "K"}}}), []),
        (
            described(FORM_DATA=FRAME | {"FIELDS": {"x": {"CODE": {"INPUT": {"TYPE": "DATE"}}}}}),
            ["'DATE' is not one of STRING, Y/N, ENUM"],
        ),
        (
            {"CODES": {"A": {"INPUT": {"TYPE": "list"}}}, "IFRAME_DATA": FRAME},
            ["'LIST' is not one of"],
        ),
        ({"CODES": {"small": {}}, "IFRAME_DATA": FRAME}, ["has small letters"]),
        (
            {
                "CODES": {"A": {"DEFAULT": {"PROVIDER_KEY": "ORDER", "PROVIDER_VALUE": "SUM"}}},
                "IFRAME_DATA": FRAME,
            },
            ["ORDER has no field 'SUM'"],
        ),
        (
            {"CODES": {"A": {"DEFAULT": {"PROVIDER_KEY": "SHOP"}}}, "IFRAME_DATA": FRAME},
            ["'SHOP' is not one of ORDER"],
        ),
        ({"CODES": "x", "IFRAME_DATA": "y"}, ["not a full http(s) URL"]),
        (
            described(FORM_DATA=FRAME | {"FIELDS": {"x": {"CODE": {"INPUT": {"TYPE": "ENUM"}}}}}),
            ["is an ENUM: in a form the platform shows an error"],
        ),
        (
            {
                "CODES": {"A": {"INPUT": {"TYPE": "enum"}}},
                "CHECKOUT_DATA": FRAME | {"FIELDS": {"x": {"CODE": "A"}}},
            },
            ["is an ENUM: in a form the platform shows an error"],
        ),
        (
            {
                "CODES": {"A": {"INPUT": {"TYPE": "enum"}}},
                "IFRAME_DATA": FRAME | {"FIELDS": {"x": {"CODE": "A"}}},
            },
            [],
        ),
        (
            described(FORM_DATA={"ACTION_URI": "https://pay.example.com/pay.php?shop_id=4411"}),
            ["replaces the query by the fields"],
        ),
        (
            described(
                FORM_DATA={"ACTION_URI": "https://pay.example.com/?shop_id=1", "METHOD": "POST"}
            ),
            [],
        ),
        (
            described(IFRAME_DATA={"ACTION_URI": "https://pay.example.com/?shop_key=s"}),
            ["carries shop_key in its query, which looks like a secret"],
        ),
        (described(CHECKOUT_DATA={"ACTION_URI": "https://pay.example.com/?shop_key=s"}), []),
        (described(IFRAME_DATA={"ACTION_URI": "http://127.0.0.1:8000/pay"}), []),
        (described(IFRAME_DATA={"ACTION_URI": "http://localhost:3000/pay"}), []),
        ([], []),
    ],
)
def test_of_handler(settings: Any, expected: list[str]) -> None:
    found = warnings.of_handler(settings)
    assert len(found) == len(expected), found
    for text, part in zip(found, expected, strict=True):
        assert part in text


def test_warnings_reach_the_log_and_the_view(rest: Rest, caplog: pytest.LogCaptureFixture) -> None:
    rest.result("sale.paysystem.handler.add", handler(FORM_DATA={"ACTION_URI": "http://a.example"}))
    assert "never looks at FORM_DATA" in caplog.text
    assert "is not https" in caplog.text
    assert "never looks at FORM_DATA" in rest.send("GET", "/portal").text.replace("<wbr>", "")


def test_of_mappings(rest: Rest, caplog: pytest.LogCaptureFixture) -> None:
    entry = {"TYPE": "SHOP", "VALUE": "x"}
    number = pay_system(rest, SETTINGS={"NO": {"TYPE": "VALUE", "VALUE": "x"}})
    assert "the handler has no such parameter" in caplog.text
    rest.result("sale.paysystem.settings.update", {"ID": number, "SETTINGS": {"SHOP_ID": entry}})
    assert "'SHOP' is not one of" in caplog.text
