import re

import pytest
from payframe.harness.portal.log import KEPT_TEXT

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
    page = rest.send("GET", "/portal").text
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
    assert "<script" not in call
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
