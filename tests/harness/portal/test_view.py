import ast
import html
import json
import re
import shlex
from dataclasses import fields

import pytest
from payframe.harness.portal.log import KEPT_TEXT, Entry
from payframe.harness.portal.snippets import snippets
from payframe.widget.gateway.portal_client import AGENT

from tests.harness.portal.conftest import Rest, handler, pay_system, payment


def test_an_empty_portal_says_what_to_do(rest: Rest) -> None:
    page = rest.send("GET", "/portal")
    assert page.status_code == 200
    assert "payframe register" in page.text
    assert "Invoice 1 (INV-1) of 75.00 USD" in page.text
    assert "default-src 'none'" in page.headers["content-security-policy"]


def test_it_shows_what_is_registered(rest: Rest) -> None:
    number = pay_system(rest, SETTINGS={"SHOP_ID": {"TYPE": "VALUE", "VALUE": "shop-77"}})
    payment_id = payment(rest, number)
    rest.result("sale.paysystem.pay.payment", {"PAYMENT_ID": payment_id, "PAY_SYSTEM_ID": number})
    page = rest.send("GET", "/portal").text.replace("<wbr>", "")
    for text in ("shop-77", "https://pay.example.com/", "100.50 USD", ">paid<", "SHOP_ID"):
        assert text in page


def test_a_failed_call_can_be_read(rest: Rest) -> None:
    rest.call("sale.paysystem.handler.add", {"NAME": "<script>alert(1)</script>"})
    page = rest.send("GET", "/portal").text
    assert "Parameter CODE is not defined" in page
    link = re.search(r"/portal/calls/\d+", page)
    assert link
    call = rest.send("GET", link[0]).text
    assert "ERROR_CHECK_FAILURE" in call
    assert "&lt;script&gt;" in call
    assert "<script>" not in call
    assert rest.webhook.partition("/")[2] not in call


def test_calls_that_are_no_longer_kept(rest: Rest) -> None:
    assert rest.send("GET", "/portal/calls/99").status_code == 404


def test_the_log_is_bounded(rest: Rest) -> None:
    for n in range(3):
        rest.result("sale.paysystem.handler.add", handler(f"c{n}", own="x" * KEPT_TEXT))
    rest.result("sale.paysystem.handler.list")
    assert len(rest.send("GET", "/portal/calls/4").text) < 2 * KEPT_TEXT


def test_style(rest: Rest) -> None:
    style = rest.send("GET", "/portal/portal.css")
    assert style.headers["content-type"].startswith("text/css")


@pytest.mark.parametrize("place", ["body", "query", "header", "batch", "path"])
def test_no_page_shows_a_token(rest: Rest, place: str) -> None:
    token = rest.mint(application="local.shop")
    method = "/rest/sale.paysystem.handler.list"
    match place:
        case "body":
            rest.send("POST", method, json={"auth": token})
        case "query":
            rest.send("GET", method, params={"auth": token})
        case "header":
            rest.send("GET", method, headers={"Authorization": f"Bearer {token}"})
        case "batch":
            cmd = {"a": f"app.info?auth={token}", "b": {"access_token": token}}
            rest.send("POST", f"/rest/{rest.webhook}/batch", json={"cmd": cmd})
        case "path":
            rest.send("GET", f"/rest/{token}")
    pages = rest.send("GET", "/portal").text + rest.send("GET", "/portal/calls/1").text
    assert token[:4] in pages
    assert token not in pages
    assert rest.webhook.partition("/")[2] not in pages


def test_a_webhook_of_another_portal_in_a_setting_is_masked(rest: Rest) -> None:
    code = "s3cr3tw3bh00kc0d3"
    webhook = f"https://shop.bitrix24.com/rest/1/{code}/"
    pay_system(rest, SETTINGS={"SHOP_ID": {"TYPE": "VALUE", "VALUE": webhook}})
    last = rest.send("GET", "/portal").text
    pages = last + rest.send("GET", re.findall(r"/portal/calls/\d+", last)[0]).text
    assert "https://shop.bitrix24.com/rest/1/s3cr…/" in pages
    assert code not in pages


def numbers(rest: Rest, query: str = "") -> list[int]:
    """Of the calls that the view shows."""
    page = rest.send("GET", f"/portal{query}").text
    return [int(number) for number in re.findall(r"/portal/calls/(\d+)", page)]


def test_calls_are_filtered_by_method_status_token_and_caller(rest: Rest) -> None:
    token = rest.mint(application="local.shop")
    rest.result("sale.paysystem.list")
    rest.call("sale.paysystem.handler.add", {"NAME": "x"})
    rest.send("GET", "/rest/sale.paysystem.list", params={"auth": token})
    url = f"/rest/{rest.webhook}/sale.paysystem.list"
    rest.send("GET", url, headers={"User-Agent": AGENT})
    assert numbers(rest) == [4, 3, 2, 1]
    assert numbers(rest, "?method=Handler.ADD") == [2]
    assert numbers(rest, "?status=failed") == [2]
    assert numbers(rest, "?status=ok&method=list") == [4, 3, 1]
    assert numbers(rest, f"?token={token[:4]}%E2%80%A6") == [3]
    assert numbers(rest, "?caller=gateway") == [4]
    assert numbers(rest, "?caller=others") == [3, 2, 1]
    assert "None of the 4 calls matches." in rest.send("GET", "/portal?method=x").text


def test_calls_are_cleared_but_not_by_pages_of_other_origins(rest: Rest) -> None:
    rest.result("sale.paysystem.list")
    for origin in ("https://evil.example", "null"):
        refused = rest.send("POST", "/portal/calls/clear", headers={"Origin": origin})
        assert refused.status_code == 403
    assert numbers(rest) == [1]
    assert rest.send("POST", "/portal/calls/clear").status_code == 303
    assert numbers(rest) == []
    # What names no referrer names no origin either, and the form would be refused.
    assert rest.send("GET", "/portal").headers["referrer-policy"] == "same-origin"


def test_a_call_shows_its_address_and_headers_with_every_secret_masked(rest: Rest) -> None:
    token = rest.mint(application="local.shop")
    rest.send(
        "POST",
        f"/rest/sale.payment.get?auth={token}&x=1",
        json={"id": 1},
        headers={"Authorization": f"Bearer {token}", "Cookie": f"a={token}", "X-Mine": "<b>"},
    )
    page = html.unescape(rest.send("GET", "/portal/calls/1").text.replace("<wbr>", ""))
    assert f"/rest/sale.payment.get?auth={token[:4]}…&x=1" in page
    assert f"Bearer {token[:4]}…" in page
    assert f"a={token[:4]}…" in page
    assert "<code><b></code>" in page
    assert token not in page


def test_code_says_the_same_in_every_language() -> None:
    entry = Entry(
        **{each.name: None for each in fields(Entry)}  # type: ignore[arg-type]
        | {
            "verb": "POST",
            "address": "http://localhost/rest/1/abcd…/sale.payment.get?id=2",
            "headers": {"authorization": "Bearer abcd…", "accept": "*/*"},
            "request": '{"id": 2, "ok": true, "text": "it\'s \\\\ \\" 日本"}',
        }
    )
    code = snippets(entry)
    assert list(code) == ["curl", "Python", "PHP", "JavaScript"]
    for text in code.values():
        assert "http://localhost/rest/1/abcd…/sale.payment.get" in text
        assert "?id=2" not in text
        assert "Bearer abcd…" in text
        assert "日本" in text
    params = json.loads(entry.request)
    words = shlex.split(code["curl"])
    assert json.loads(words[words.index("--json") + 1]) == params
    sent = ast.parse(code["Python"]).body[1].value.keywords[0].value  # type: ignore[attr-defined]
    assert ast.literal_eval(sent) == params
    php = re.search(r"POSTFIELDS => '(.*)',", code["PHP"])
    assert php
    assert json.loads(re.sub(r"\\(['\\])", r"\1", php[1])) == params
    javascript = re.search(r"stringify\((.*)\),\n  headers", code["JavaScript"], re.DOTALL)
    assert javascript
    assert json.loads(javascript[1]) == params


def test_a_get_is_called_again_with_its_query() -> None:
    entry = Entry(
        **{each.name: None for each in fields(Entry)}  # type: ignore[arg-type]
        | {"verb": "GET", "address": "http://localhost/rest/x?a=1", "headers": {}, "request": "{}"}
    )
    assert snippets(entry)["curl"] == "curl 'http://localhost/rest/x?a=1'"
