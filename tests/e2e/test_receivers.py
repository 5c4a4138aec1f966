"""The shop's requests, as payment services read them that are not ours: plain PHP and Node."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.e2e.demo import Demo
from tests.e2e.shop import Shop
from tests.harness.programs import run_node, run_php
from tests.harness.support import add_handler

RECEIVERS = Path(__file__).parent / "receivers"
ODD = 'Zoë & <b>"Co\'" 100% +1\\日本 \N{EURO SIGN}'


@pytest.fixture(scope="module")
def php() -> Iterator[str]:
    """The address of the PHP service."""
    with run_php(RECEIVERS / "pay.php") as url:
        yield url


@pytest.fixture
def node(demo: Demo) -> Iterator[str]:
    """The address of the Node service, which pays over the demo's webhook."""
    with run_node(RECEIVERS / "pay.mjs", demo.addresses.webhook) as url:
        yield url


def literal(value: str) -> dict[str, Any]:
    return {"NAME": "P", "DEFAULT": {"PROVIDER_KEY": "VALUE", "PROVIDER_VALUE": value}}


FIELDS = {
    "plain": {"CODE": "ODD"},
    "order[number]": {"CODE": "ODD"},
    "note": {"CODE": {"NAME": "Note"}, "VISIBLE": "Y"},
    "yes": {"CODE": {"NAME": "Yes", "INPUT": {"TYPE": "Y/N"}}, "VISIBLE": "Y"},
    "no": {"CODE": {"NAME": "No", "INPUT": {"TYPE": "Y/N"}}, "VISIBLE": "Y"},
}
CODES = {
    "ODD": literal(ODD),
}
FILLED_IN = {
    "plain": ODD,
    "order": {"number": ODD},
    "note": ODD,
    "yes": "Y",
    "no": "N",
}


def fill_in(shop: Shop) -> None:
    shop.page.get_by_label("Note").fill(ODD)
    shop.page.get_by_label("Yes").check()
    shop.page.get_by_role("button", name="Pay", exact=True).click()


def read_by_php(shop: Shop) -> Any:
    read = shop.page.locator("#read")
    expect(read).to_be_visible()
    return json.loads(read.text_content() or "")


def offer(demo: Demo, mode: str, data: dict[str, Any]) -> int:
    """A payment of 38.750 KWD through a payment system of its own."""
    # Not active, so that no other payment offers it.
    system = add_handler(demo.store, {mode: data, "CODES": CODES}, active="N")
    return demo.new_payment("38.750", "KWD", through=system)


@pytest.mark.timeout(600)
@pytest.mark.parametrize("method", ["POST", "GET"])
def test_php_reads_the_form(shop: Shop, php: str, method: str) -> None:
    data = {"ACTION_URI": f"{php}/form", "METHOD": method, "FIELDS": FIELDS}
    payment = offer(shop.demo, "FORM_DATA", data)
    shop.visit(payment, "theme=dark")
    fill_in(shop)
    expected = {
        **FILLED_IN,
        "BX_PAYSYSTEM_ID": str(shop.demo.payment(payment).pay_system_id),
        "BX_RETURN_URL": shop.return_url(payment, "dark"),
        "button": "Pay",
    }
    read = read_by_php(shop)
    assert read["method"] == method
    assert read[method.lower()] == expected


@pytest.mark.timeout(600)
def test_php_reads_the_call(shop: Shop, php: str) -> None:
    payment = offer(shop.demo, "CHECKOUT_DATA", {"ACTION_URI": f"{php}/checkout", "FIELDS": FIELDS})
    system = {
        "RETURN_URL": shop.return_url(payment, "dark"),
        "PAYSYSTEM_ID": str(shop.demo.payment(payment).pay_system_id),
        "PAYMENT_ID": str(payment),
        "SUM": "38.75",
        "CURRENCY": "KWD",
    }
    shop.visit(payment, "theme=dark")
    fill_in(shop)
    assert read_by_php(shop) == {"BX_SYSTEM_PARAMS": system, **FILLED_IN}
    assert shop.demo.payment(payment).ps_invoice_id == f"php-{payment}"

    shop.visit(payment, "theme=dark")
    fill_in(shop)
    system["EXTERNAL_PAYMENT_ID"] = f"php-{payment}"
    assert read_by_php(shop) == {"BX_SYSTEM_PARAMS": system, **FILLED_IN}


def test_a_service_in_node_is_paid(shop: Shop, node: str) -> None:
    payment = offer(shop.demo, "CHECKOUT_DATA", {"ACTION_URI": f"{node}/checkout"})
    shop.visit(payment)
    shop.page.get_by_role("link", name="Pay", exact=True).click()
    expect(shop.page.get_by_text("first")).to_be_visible()
    shop.page.go_back()
    shop.page.reload()
    shop.page.get_by_role("link", name="Pay", exact=True).click()
    expect(shop.page.get_by_text("again")).to_be_visible()
    shop.page.get_by_role("button", name="Pay here").click()
    expect(shop.page).to_have_url(shop.return_url(payment))
    shop.expect_paid()
    assert shop.demo.payment(payment).ps_invoice_id == f"node-{payment}"
