"""The gateway's API as a widget uses it; every answer is held against the API's description."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import httpx
import pytest
import yaml
from jsonschema import Draft202012Validator
from openapi_spec_validator import validate
from payframe.widget.gateway.api import OPENAPI

from tests.harness.support import Running

DESCRIPTION: dict[str, Any] = yaml.safe_load(OPENAPI.read_text("utf-8"))
APPROVED = "4242424242424242"


def card(number: str = APPROVED, **changes: Any) -> dict[str, Any]:
    good = {"number": number, "expiry_month": 12, "expiry_year": 2040, "cvc": "123", "name": "Ava"}
    return good | changes


def matches(value: Any, schema: str) -> None:
    """Fails unless a value is as the API's description has it."""
    Draft202012Validator(
        {"$ref": f"#/components/schemas/{schema}", "components": DESCRIPTION["components"]}
    ).validate(value)


def problem_code(response: object) -> str:
    return str(response.json()["code"])  # type: ignore[attr-defined]


@dataclass(frozen=True)
class Api:
    running: Running

    def call(self, method: str, path: str, **options: Any) -> httpx.Response:
        """An answer that the API's description allows for."""
        response = self.running.http.request(
            method,
            f"{self.running.addresses.gateway}{path}",
            **{"headers": {}, **options}
            | {"headers": {"Origin": self.running.addresses.service, **options.get("headers", {})}},
        )
        kind = response.headers["content-type"]
        if response.is_success:
            assert kind == "application/json"
            matches(response.json(), "Payment")
        else:
            assert kind == "application/problem+json"
            matches(response.json(), "Problem")
            assert response.json()["status"] == response.status_code
        return response

    def open(self, payment_id: Any, paysystem_id: Any = 1, **more: Any) -> httpx.Response:
        body = {"payment_id": payment_id, "paysystem_id": paysystem_id, **more}
        return self.call("POST", "/payments", json=body)

    def opened(self, payment_id: int) -> str:
        """The gateway's ID of a payment."""
        response = self.open(payment_id)
        assert response.status_code == 201, response.text
        return str(response.json()["id"])

    def read(self, gateway_id: str) -> dict[str, Any]:
        response = self.call("GET", f"/payments/{gateway_id}")
        assert response.status_code == 200
        payment: dict[str, Any] = response.json()
        return payment

    def attempt(self, gateway_id: str, key: str = "key-1", **changes: Any) -> httpx.Response:
        """By default with the card that succeeds."""
        body = {
            "method": "card",
            "amount": {"value": "100.00", "currency": "USD"},
            "return_url": self.running.addresses.widget,
            "data": card(),
            **changes,
        }
        path = f"/payments/{gateway_id}/attempts"
        return self.call("POST", path, json=body, headers={"Idempotency-Key": key})


@pytest.fixture(scope="session", autouse=True)
def _description_is_valid() -> None:
    validate(DESCRIPTION)


@pytest.fixture
def api(running: Running) -> Api:
    return Api(running)


@pytest.fixture
def charges(monkeypatch: pytest.MonkeyPatch) -> Callable[[], list[str]]:
    """The payments that the portal was told are paid, one entry for each time it was told."""
    from payframe.harness.portal.call import Method, MethodCall
    from payframe.harness.portal.methods import METHODS

    told: list[str] = []
    real = METHODS["sale.paysystem.pay.payment"]

    def answer(call: MethodCall) -> Any:
        told.append(str(call.params["PAYMENT_ID"]))
        return real.answer(call)

    monkeypatch.setitem(METHODS, real.name.lower(), Method(real.name, real.scope, answer))
    return lambda: told
