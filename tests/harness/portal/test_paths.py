"""Whatever comes under /rest is answered there, in the format asked for: never by a redirect."""

from collections.abc import AsyncIterator
from xml.etree import ElementTree

import httpx
import pytest
from payframe.harness.portal.parameters import MAX_BODY

from tests.harness.portal.conftest import Rest
from tests.harness.support import Running

LIST = "sale.paysystem.handler.list"
NO_METHOD = {"error": "ERROR_METHOD_NOT_FOUND", "error_description": "Method not found!"}


@pytest.mark.parametrize("verb", ["GET", "POST"])
@pytest.mark.parametrize(
    "path",
    [
        "/rest/{webhook}/{method}",
        "/rest/{webhook}/{method}/",
        "/rest/{webhook}//{method}/",
        "/rest//{webhook}///{method}//",
        "/rest/{webhook}/{method}.json/",
        "/rest/{webhook}//{method}/?bx24_request_id=5b6c",
        "/rest/{method}?auth={token}",
        "/rest/{method}/?auth={token}",
        "/rest//{method}//?auth={token}",
    ],
)
def test_every_path_of_the_platform(rest: Rest, verb: str, path: str) -> None:
    token = rest.mint(application="local.a")
    answer = rest.send(verb, path.format(webhook=rest.webhook, method=LIST, token=token))
    assert (answer.status_code, answer.json()["result"]) == (200, [])


@pytest.mark.parametrize("verb", ["GET", "POST", "PUT", "PATCH", "DELETE", "PROPFIND"])
@pytest.mark.parametrize(
    "path",
    ["", "/", "/nope", "/1", "/1/code", "/1/code/a/b", "/api", "/api/1", "/%0A", "/a/b/c%0Ad/e/f"],
)
def test_a_path_that_does_not_exist_has_an_envelope(rest: Rest, verb: str, path: str) -> None:
    answer = rest.send(verb, f"/rest{path}")
    assert answer.headers["content-type"].startswith("application/json")
    assert answer.headers["access-control-allow-origin"] == "*"
    assert answer.status_code in (401, 404, 405)
    assert answer.json()["error"]


def test_unknown_paths_are_unknown_methods_in_json_and_xml(rest: Rest) -> None:
    for path in ("/rest/", f"/rest/{rest.webhook}", f"/rest/{rest.webhook}/a/b", "/rest/a/b/c/d/e"):
        answer = rest.send("GET", path)
        assert (answer.status_code, answer.json()) == (404, NO_METHOD), path
    answer = rest.send("GET", f"/rest/{rest.webhook}/a/b.xml/")
    assert answer.status_code == 404
    assert ElementTree.fromstring(answer.text).findtext("error") == "ERROR_METHOD_NOT_FOUND"


@pytest.mark.parametrize("verb", ["PUT", "PATCH", "DELETE", "TRACE"])
def test_a_wrong_verb_is_told_which_are_right(rest: Rest, verb: str) -> None:
    answer = rest.send(verb, f"/rest/{rest.webhook}/{LIST}")
    assert answer.status_code == 405
    assert answer.headers["allow"] == "GET, HEAD, POST, OPTIONS"
    assert answer.json() == {
        "error": "INVALID_REQUEST",
        "error_description": f"{verb} is not allowed: use GET or POST",
    }
    xml = rest.send(verb, f"/rest/{rest.webhook}/{LIST}.xml")
    assert ElementTree.fromstring(xml.text).findtext("error") == "INVALID_REQUEST"


@pytest.mark.parametrize("kind", ["application/json", "application/x-www-form-urlencoded", ""])
@pytest.mark.parametrize("size", ["told", "streamed"])
def test_a_body_that_is_too_long_is_refused_in_words(rest: Rest, kind: str, size: str) -> None:
    async def chunks() -> AsyncIterator[bytes]:
        for _ in range(MAX_BODY // 65_536 + 1):
            yield b"a" * 65_536

    content = chunks() if size == "streamed" else b"a" * (MAX_BODY + 1)
    headers = {"content-type": kind} if kind else {}
    url = f"/rest/{rest.webhook}/{LIST}"
    answer = rest.send("POST", url, content=content, headers=headers)
    assert answer.status_code == 413
    assert answer.json() == {
        "error": "INVALID_REQUEST",
        "error_description": "The request is larger than 8,388,608 bytes.",
    }
    assert rest.send("POST", url, content=b" " * MAX_BODY).status_code == 200


@pytest.mark.parametrize("path", ["/api/{method}", "/api/{webhook}/{method}", "/api/{method}/"])
def test_version_3_has_its_own_form_and_none_of_these_methods(rest: Rest, path: str) -> None:
    answer = rest.send("POST", f"/rest{path.format(webhook=rest.webhook, method=LIST)}", json={})
    assert answer.status_code == 404
    assert answer.json() == {
        "error": {
            "code": "BITRIX_REST_V3_EXCEPTION_METHODNOTFOUNDEXCEPTION",
            "message": f"Method {LIST} was not found",
        }
    }


@pytest.mark.parametrize("path", ["/rest/{webhook}/{method}", "/rest/{method}.json", "/rest/x/y/z"])
def test_a_page_of_any_origin_may_call_without_credentials(rest: Rest, path: str) -> None:
    url = path.format(webhook=rest.webhook, method=LIST)
    preflight = {
        "origin": "https://application.example",
        "access-control-request-method": "POST",
        "access-control-request-headers": "content-type",
    }
    answers = [rest.send("OPTIONS", url, headers=preflight)]
    answers.append(rest.send("POST", url, headers={"origin": "https://application.example"}))
    assert answers[0].is_success
    for answer in answers:
        assert answer.headers["access-control-allow-origin"] == "*"
        assert answer.headers["access-control-allow-headers"] == "origin, content-type, accept"
        assert "POST" in answer.headers["access-control-allow-methods"]
        assert "access-control-allow-credentials" not in answer.headers


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1"])
def test_the_demo_redirects_nothing_under_rest(running: Running, host: str) -> None:
    webhook = running.addresses.webhook.replace("localhost", host)
    assert webhook.endswith("/")
    for path in ("server.time", "/server.time/", "/nope", "a/b/c/d"):
        answer = httpx.post(f"{webhook}{path}", timeout=30)
        assert answer.status_code == (200 if "server.time" in path else 404)
        assert answer.json()
