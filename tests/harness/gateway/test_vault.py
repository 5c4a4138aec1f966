"""The vault on its own origin: a card becomes a token there, and the gateway takes it once."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from payframe.harness.sandbox.cards import Card
from payframe.harness.sandbox.vault import Vault
from payframe.harness.sandbox.vault import tokens as vault_tokens
from payframe.harness.server.in_process import Running, running
from payframe.widget.config import load

from tests.harness.gateway.conftest import card

CONFIG = Path("examples/hosted-fields/payframe.toml")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with running(load(CONFIG), tmp_path_factory.mktemp("dist")) as server:
        yield server


def ask(server: Running, method: str, path: str, **options: Any) -> httpx.Response:
    """The vault, on whatever machine its name is not known as this one's."""
    service = httpx.URL(server.addresses.service)
    host = f"vault.localhost:{service.port}"
    return httpx.request(method, service.join(path), headers={"Host": host}, **options)


def token_of(server: Running, number: str) -> str:
    response = ask(server, "POST", "/tokens", json=card(number))
    assert response.status_code == 201
    return str(response.json()["token"])


def attempt(server: Running, data: dict[str, Any], *, payment: str, key: str) -> httpx.Response:
    body = {
        "method": "hosted_card",
        "amount": {"value": "100.00", "currency": "USD"},
        "return_url": server.addresses.widget,
        "data": data,
    }
    headers = {"Idempotency-Key": key, "Origin": server.addresses.service}
    url = f"{server.addresses.gateway}/payments/{payment}/attempts"
    return httpx.post(url, json=body, headers=headers)


@pytest.fixture
def payment(server: Running) -> str:
    """The gateway's ID of a new payment."""
    message = {"payment_id": server.new_payment(), "paysystem_id": 1, "fields": {}}
    answer = httpx.post(f"{server.addresses.gateway}/payments", json=message)
    return str(answer.json()["id"])


def test_a_token_pays_as_its_card_does(server: Running, payment: str) -> None:
    declined = {"token": token_of(server, "4000000000000002")}
    answer = attempt(server, declined, payment=payment, key="1").json()
    assert (answer["status"], answer["error"]["code"]) == ("failed", "card_declined")
    good = {"token": token_of(server, "4242424242424242")}
    assert attempt(server, good, payment=payment, key="2").json()["status"] == "paid"


def test_the_same_request_may_come_again(server: Running, payment: str) -> None:
    data = {"token": token_of(server, "4242424242424242")}
    first, again = (attempt(server, data, payment=payment, key="1") for _ in range(2))
    assert first.json()["status"] == again.json()["status"] == "paid"


def test_a_token_is_for_one_attempt(server: Running, payment: str) -> None:
    data = {"token": token_of(server, "4000000000000002")}
    assert attempt(server, data, payment=payment, key="1").json()["status"] == "failed"
    again = attempt(server, data, payment=payment, key="2").json()
    assert (again["status"], again["error"]["code"]) == ("failed", "declined")


@pytest.mark.parametrize("data", [{}, {"token": "tok_unknown"}, {"token": 7}, card()])
def test_what_is_no_token_is_refused(server: Running, payment: str, data: dict[str, Any]) -> None:
    response = attempt(server, data, payment=payment, key="1")
    assert (response.status_code, response.json()["code"]) == (422, "invalid_request")


@pytest.mark.parametrize("sent", [card("4242424242424241"), card(cvc="1"), {}, []])
def test_what_is_no_card_gets_no_token(server: Running, sent: Any) -> None:
    response = ask(server, "POST", "/tokens", json=sent)
    assert (response.status_code, response.json()) == (422, {"error": "invalid_card"})


def test_a_token_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    vault = Vault()
    token = vault.tokenize(Card.model_validate(card()))
    assert vault.find(token)
    monkeypatch.setattr(vault_tokens, "LIFETIME", -1.0)
    assert vault.find(vault.tokenize(Card.model_validate(card()))) is None


def test_the_card_is_forgotten() -> None:
    vault = Vault()
    vault.tokenize(Card.model_validate(card("4242424242424242")))
    assert "4242424242424242" not in repr(vars(vault))


def test_a_field_reaches_nothing_but_the_vault_and_no_other_origin_reads_its_answers(
    server: Running,
) -> None:
    field = ask(server, "GET", "/field")
    assert "default-src 'none'" in field.headers["content-security-policy"]
    assert "access-control-allow-origin" not in ask(server, "POST", "/tokens", json={}).headers
    # Pages load the script with integrity, for which a browser asks by CORS.
    assert ask(server, "GET", "/vault.js").headers["access-control-allow-origin"] == "*"
