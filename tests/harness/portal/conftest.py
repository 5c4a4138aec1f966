"""A portal of its own for each test, and the way to call it."""

import shutil
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import httpx
import pytest
from anyio.from_thread import BlockingPortal, start_blocking_portal
from payframe.harness.portal.call import Options
from payframe.harness.portal.provision import mint_token, provision
from payframe.harness.server.portal import portal_app
from payframe.harness.store.database import Store, open_store

Answer = tuple[int, Any]


class Rest:
    """Calls one portal in process; `webhook` is `USER/CODE` of one that may do everything."""

    def __init__(self, store: Store, loop: BlockingPortal, options: Options | None = None) -> None:
        self.store = store
        self._loop = loop
        transport = httpx.ASGITransport(portal_app(store, options))
        self._client = httpx.AsyncClient(transport=transport, trust_env=False)
        self.webhook = self.mint()

    def mint(self, **token: Any) -> str:
        with self.store.write() as session:
            minted = mint_token(session, **token)
            code = minted.code
        return code if token.get("application") else f"{token.get('user_id', 1)}/{code}"

    def send(
        self, verb: str, url: str, *, base: str = "http://localhost", **request: Any
    ) -> httpx.Response:
        """Any HTTP request."""
        return self._loop.call(partial(self._client.request, verb, base + url, **request))

    def close(self) -> None:
        self._loop.call(self._client.aclose)

    def call(self, method: str, params: Any = None, *, webhook: str | None = None) -> Answer:
        """Status and content of a JSON call."""
        url = f"/rest/{webhook or self.webhook}/{method}"
        response = self.send("POST", url, json=params or {})
        return response.status_code, response.json()

    def call_as(self, token: str, method: str, params: Any = None) -> Answer:
        """The same with an access token."""
        response = self.send("POST", f"/rest/{method}", json={**(params or {}), "auth": token})
        return response.status_code, response.json()

    def result(self, method: str, params: Any = None) -> Any:
        status, content = self.call(method, params)
        assert status == 200, content
        return content["result"]

    def refusal(self, method: str, params: Any = None) -> tuple[int, str, str]:
        status, content = self.call(method, params)
        assert set(content) == {"error", "error_description"}, content
        return status, content["error"], content["error_description"]


@pytest.fixture(scope="session")
def provisioned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database as every test begins with it; each gets a copy."""
    file = tmp_path_factory.mktemp("provisioned") / "portal.db"
    store = open_store(str(file))
    with store.write() as session:
        provision(session)
    store.close()
    return file


@pytest.fixture
def store(tmp_path: Path, provisioned: Path) -> Iterator[Store]:
    opened = open_store(shutil.copy(str(provisioned), str(tmp_path)))
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def loop() -> Iterator[BlockingPortal]:
    """An event loop in a thread of its own: the browser's tests have one in this thread."""
    with start_blocking_portal() as started:
        yield started


@pytest.fixture
def rest_with(store: Store, loop: BlockingPortal) -> Iterator[Callable[[Options], Rest]]:
    """A portal with options of its own, on the test's database."""
    opened: list[Rest] = []

    def open_(options: Options) -> Rest:
        opened.append(Rest(store, loop, options))
        return opened[-1]

    yield open_
    for each in opened:
        each.close()


@pytest.fixture
def rest(rest_with: Callable[[Options], Rest]) -> Rest:
    return rest_with(Options())


def handler(code: str = "shop", **settings: Any) -> dict[str, Any]:
    """Parameters of sale.paysystem.handler.add, of a handler that nothing is wrong with."""
    return {
        "NAME": "Shop",
        "CODE": code,
        "SETTINGS": {
            "CODES": {"SHOP_ID": {"NAME": "Shop"}, "SUM": PAYMENT_SUM},
            "IFRAME_DATA": {"ACTION_URI": "https://pay.example.com/"},
            **settings,
        },
    }


PAYMENT_SUM = {"NAME": "Sum", "DEFAULT": {"PROVIDER_KEY": "PAYMENT", "PROVIDER_VALUE": "SUM"}}
ORDER_TYPE, INVOICE_TYPE = 1, 3
"""Payer types of a provisioned portal: individuals, for orders and for invoices."""


def pay_system(rest: Rest, code: str = "shop", **params: Any) -> int:
    """The ID of a new payment system for orders, with a handler of its own if need be."""
    if not any(each["CODE"] == code for each in rest.result("sale.paysystem.handler.list")):
        rest.result("sale.paysystem.handler.add", handler(code))
    given = {"NAME": "Card", "PERSON_TYPE_ID": ORDER_TYPE, "ENTITY_REGISTRY_TYPE": "ORDER"}
    added: int = rest.result("sale.paysystem.add", {**given, "BX_REST_HANDLER": code, **params})
    return added


def payment(rest: Rest, pay_system_id: int, **fields: Any) -> int:
    """The ID of a new payment of a new order of 100.50 USD."""
    order = {"lid": "s1", "personTypeId": ORDER_TYPE, "currency": "USD", "price": "100.50"}
    order_id = rest.result("sale.order.add", {"fields": order})["order"]["id"]
    given = {"orderId": order_id, "paySystemId": pay_system_id, **fields}
    added: int = rest.result("sale.payment.add", {"fields": given})["payment"]["id"]
    return added
