"""The requests of the vendor's page, as each of its clients sends them."""

from typing import Any
from urllib.parse import urlsplit

import pytest
from payframe.harness.portal.brackets import nest

from tests.harness.portal.conftest import Rest
from tests.harness.portal.reference import METHOD, curl_examples, javascript_examples, php_examples

JAVASCRIPT = javascript_examples()
PHP = php_examples()
CURL = curl_examples()


def bracketed(value: Any, name: str = "") -> list[tuple[str, str]]:
    """What http_build_query and BX24.js make of a structure."""
    if isinstance(value, dict):
        items = list(value.items())
    elif isinstance(value, list):
        items = list(enumerate(value))
    else:
        return [(name, str(value))]
    return [
        pair
        for key, item in items
        for pair in bracketed(item, f"{name}[{key}]" if name else str(key))
    ]


def test_the_page_has_every_example() -> None:
    # CRest's example of form mode lacks a closing bracket on the page: it is not PHP.
    assert [len(each) for each in (CURL, JAVASCRIPT, PHP)] == [6, 6, 5]
    codes = ["resthandlerform", "resthandlercheckout", "resthandleriframe"]
    assert sorted({each["CODE"] for each in JAVASCRIPT}) == sorted(codes)
    assert sorted({each["CODE"] for each in PHP}) == sorted(codes)


@pytest.mark.parametrize("params", JAVASCRIPT + PHP)
@pytest.mark.parametrize("by", ["webhook", "oauth"])
def test_json(rest: Rest, params: dict[str, Any], by: str) -> None:
    if by == "webhook":
        status, content = rest.call(METHOD, params)
    else:
        status, content = rest.call_as(rest.mint(application="local.a"), METHOD, params)
    assert (status, content.get("result")) == (200, 1)
    assert rest.result("sale.paysystem.handler.list") == [
        {"ID": "1", "NAME": params["NAME"], "CODE": params["CODE"], "SORT": "100"}
        | {"SETTINGS": params["SETTINGS"]}
    ]


@pytest.mark.parametrize("params", JAVASCRIPT + PHP)
@pytest.mark.parametrize("way", ["data", "params", "multipart"])
def test_brackets(rest: Rest, params: dict[str, Any], way: str) -> None:
    pairs = dict(bracketed(params))
    request: dict[str, Any] = (
        {"data": pairs, "files": {"none": b""}} if way == "multipart" else {way: pairs}
    )
    answer = rest.send("POST", f"/rest/{rest.webhook}/{METHOD}", **request)
    assert answer.json().get("result") == 1
    stored = rest.result("sale.paysystem.handler.list")[0]["SETTINGS"]
    assert stored == nest(bracketed(params))["SETTINGS"] == params["SETTINGS"]


@pytest.mark.parametrize("example", CURL)
def test_a_curl_body_as_printed_is_no_parameters(
    rest: Rest, example: Any, caplog: pytest.LogCaptureFixture
) -> None:
    if "put_your_webhook_here" in example.url:
        url = f"/rest/{rest.webhook}/{METHOD}"
    else:  # the access token stands in the body, where it cannot be read
        url = f"/rest/{METHOD}?auth={rest.mint(application='local.a')}"
    assert urlsplit(example.url).path.endswith(METHOD)
    answer = rest.send(
        "POST", url, content=example.body, headers={"content-type": "application/json"}
    )
    assert answer.status_code == 400
    assert answer.json() == {
        "error": "ERROR_CHECK_FAILURE",
        "error_description": "Parameter NAME is not defined",
    }
    where = f"at character {len(example.body) + 1}"
    assert where in caplog.text
    assert where in rest.send("GET", "/portal").text


@pytest.mark.parametrize("example", CURL)
def test_a_curl_body_with_its_brace(rest: Rest, example: Any) -> None:
    token = rest.mint(application="local.a")
    body = example.body.replace("**put_access_token_here**", token)
    # The brace that is missing closes SETTINGS, before auth.
    body = body.replace(',"auth"', '},"auth"') if '"auth"' in body else body + "}"
    url = f"/rest/{METHOD}" if '"auth"' in body else f"/rest/{rest.webhook}/{METHOD}"
    answer = rest.send("POST", url, content=body, headers={"content-type": "application/json"})
    assert answer.json().get("result") == 1, answer.text
