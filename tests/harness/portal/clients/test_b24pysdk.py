"""Bitrix24's own Python client, over TLS and unpatched."""

from typing import Any
from urllib.parse import urlsplit

import pytest
from b24pysdk import BitrixApp, BitrixToken, BitrixWebhook, Client
from b24pysdk import errors as sdk

from tests.harness.portal.process import Running, payframe

FRAME = {
    "CODES": {"SHOP": {"NAME": "Shop"}},
    "IFRAME_DATA": {"ACTION_URI": "https://pay.example.com/"},
}


@pytest.fixture
def token(portal: Running, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(portal.authority))
    url = urlsplit(portal.webhook)
    return BitrixWebhook(domain=url.netloc, webhook_token=url.path.removeprefix("/rest/"))


def test_all_payment_system_methods(token: Any) -> None:
    client = Client(token)
    paysystem = client.sale.paysystem
    handler_id = paysystem.handler.add(name="Py", code="py", settings=FRAME, sort=7).result
    assert paysystem.handler.update(bitrix_id=handler_id, fields={"NAME": "New"}).result is True
    handlers = {each["ID"]: each for each in paysystem.handler.list().result}
    assert handlers[str(handler_id)]["NAME"] == "New"
    assert handlers[str(handler_id)]["SETTINGS"] == FRAME

    def add(registry_type: str, person_type_id: int) -> int:
        added: int = paysystem.add(
            name="Py",
            person_type_id=person_type_id,
            bx_rest_handler="py",
            entity_registry_type=registry_type,
            settings={"SHOP": {"TYPE": "VALUE", "VALUE": "7"}},
            active=True,
        ).result
        return added

    number, for_invoices = add("ORDER", 1), add("CRM_INVOICE", 3)
    assert paysystem.update(bitrix_id=number, fields={"NAME": "Renamed"}).result is True
    listed = paysystem.list(select=["NAME", "ACTIVE"], filter={"ID": number}).result
    assert listed == [{"NAME": "Renamed", "ACTIVE": "Y"}]
    got = paysystem.settings.get(sale_paysystem_id=number, person_type_id=1).result
    assert got == {"SHOP": {"TYPE": "VALUE", "VALUE": "7"}}
    changed = {"SHOP": {"TYPE": "PAYMENT", "VALUE": "SUM"}}
    assert paysystem.settings.update(number, person_type_id=1, settings=changed).result is True

    order = {"lid": "s1", "personTypeId": 1, "currency": "USD", "price": 5}
    order_id = token.call_method("sale.order.add", {"fields": order})["result"]["order"]["id"]
    fields = {"orderId": order_id, "paySystemId": number, "sum": "12.30"}
    added = token.call_method("sale.payment.add", {"fields": fields})
    payment_id = added["result"]["payment"]["id"]
    values = paysystem.settings.payment.get(payment_id=payment_id, pay_system_id=number).result
    assert values == {"SHOP": "12.30"}
    paid = paysystem.pay.payment(payment_id=payment_id, paysystem_id=number)
    assert paid.result is True
    values = paysystem.settings.invoice.get(payment_id=1, pay_system_id=for_invoices).result
    assert values == {"SHOP": "7"}
    assert paysystem.pay.invoice(invoice_id=1, bx_rest_handler="py").result is True

    assert paysystem.delete(bitrix_id=number).result is False  # its payment stays
    assert token.call_method("sale.payment.delete", {"id": payment_id})["result"] is True
    assert paysystem.delete(bitrix_id=number).result is True
    with pytest.raises(sdk.BitrixAPIError, match="Pay system with handler PY exists!"):
        _ = paysystem.handler.delete(bitrix_id=handler_id).result


def test_errors_become_the_clients_exceptions(token: Any, portal: Running) -> None:
    client = Client(token)
    with pytest.raises(sdk.BitrixAPIError, match="Handler not found") as refused:
        _ = client.sale.paysystem.handler.delete(bitrix_id=99_999).result
    assert refused.value.json_response["error"] == "ERROR_HANDLER_NOT_FOUND"
    with pytest.raises(sdk.BitrixAPINotFound):
        token.call_method("no.such.method", {})

    wrong = BitrixWebhook(domain=token.domain, webhook_token="1/wrong")
    with pytest.raises(sdk.BitrixAPIUnauthorized, match="Invalid request credentials"):
        wrong.call_method("scope", {})

    def minted(*options: str) -> str:
        return payframe(portal.folder, "tokens", "mint", *options).stdout.strip()

    narrow = BitrixWebhook(domain=token.domain, webhook_token=minted("--scopes", "sale"))
    with pytest.raises(sdk.BitrixAPIInsufficientScope):
        narrow.call_method("sale.paysystem.handler.list", {})
    powerless = BitrixWebhook(domain=token.domain, webhook_token=minted("--rights", "none"))
    with pytest.raises(sdk.BitrixAPIAccessDenied):
        powerless.call_method("sale.paysystem.handler.list", {})


def test_batches(token: Any) -> None:
    client = Client(token)
    requests = {f"k{n}": client.sale.paysystem.handler.list() for n in range(60)}
    result = client.call_batches(requests).result
    assert len(result.result) == 60
    assert not result.result_error


def test_an_access_token(token: Any, portal: Running) -> None:
    code = payframe(portal.folder, "tokens", "mint", "--app", "local.py").stdout.strip()
    app = BitrixApp(client_id="local.py", client_secret="none")
    oauth = BitrixToken(domain=token.domain, auth_token=code, bitrix_app=app)
    assert oauth.call_method("app.info", {})["result"]["CODE"] == "local.py"
