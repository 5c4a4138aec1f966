"""Stripe as a provider, against a stand-in of its API that runs as a process of its own."""

import hmac
import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import stripe
from payframe.harness.store.database import Store
from payframe.harness.store.models import Handler, ParameterMapping
from payframe.widget.gateway.ledger import LedgerAttempt
from payframe.widget.gateway.stripe import Stripe, StripeError, from_environment, minor_units, money
from sqlalchemy import select

from payframe.gateway import Money, RefusedError
from tests.harness.gateway.conftest import Api
from tests.harness.support import (
    Running,
    add_payment,
    change_payment,
    read_payment,
    serve,
    wait_for,
)
from tests.local_stripe import PUBLIC_KEY, SECRET_KEY, local_stripe

APPROVED, DECLINED, CHALLENGED = "4242424242424242", "4000000000000341", "4000000000003220"
BAD_IBAN = "DE62370400440532013001"
SECRET = "whsec_of_the_tests"


@pytest.fixture(scope="module")
def stand_in(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a stand-in for api.stripe.com."""
    with local_stripe(tmp_path_factory.mktemp("stripe")) as api:
        yield api


@pytest.fixture
def client(stand_in: str) -> stripe.StripeClient:
    return stripe.StripeClient(SECRET_KEY, base_addresses={"api": stand_in})


@pytest.fixture
def service(
    stand_in: str, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Api]:
    monkeypatch.setattr("payframe.widget.gateway.api.NEWS", 0.0)
    monkeypatch.setattr("payframe.widget.gateway.settlement.FIRST_RETRY", 0.02)
    provider = Stripe(SECRET_KEY, PUBLIC_KEY, SECRET, api=stand_in)
    with serve(store, tmp_path / "dist", provider=provider) as running:
        yield Api(running)


def new_card(client: stripe.StripeClient, number: str) -> str:
    card = {"number": number, "exp_month": 12, "exp_year": 2040, "cvc": "123"}
    params: Any = {"type": "card", "card": card}
    return client.v1.payment_methods.create(params).id


def pay(api: Api, payment_id: int, token: str, **changes: Any) -> dict[str, Any]:
    changes = {"method": "stripe_card", "data": {"payment_method": token}, **changes}
    response = api.attempt(api.opened(payment_id), **changes)
    assert response.status_code == 201, response.text
    payment: dict[str, Any] = response.json()
    return payment


def last_attempt(running: Running) -> LedgerAttempt:
    with running.store.read() as session:
        last = select(LedgerAttempt).order_by(LedgerAttempt.began.desc()).limit(1)
        return session.scalars(last).one()


def intent_of(running: Running, client: stripe.StripeClient) -> stripe.PaymentIntent:
    return client.v1.payment_intents.retrieve(last_attempt(running).reference)


def confirm(stand_in: str, intent: stripe.PaymentIntent, *, success: bool) -> None:
    """What the bank's page does at the end of 3-D Secure."""
    sent = {"client_secret": str(intent.client_secret), "success": str(success).lower()}
    url = f"{stand_in}/v1/payment_intents/{intent.id}/_authenticate"
    assert httpx.post(url, data={**sent, "key": PUBLIC_KEY}).status_code == 200


def test_a_card_is_reserved_captured_and_reported(
    service: Api, client: stripe.StripeClient
) -> None:
    payment_id = add_payment(service.running.store)
    data = {"payment_method": new_card(client, APPROVED), "brand": "visa", "last4": "4242"}
    assert pay(service, payment_id, "", data=data)["status"] == "paid"
    intent = intent_of(service.running, client)
    assert (intent.status, intent.amount, intent.currency) == ("succeeded", 10_000, "usd")
    assert intent.metadata["payment"] == "77/1"
    assert read_payment(service.running.store, payment_id).ps_status_description == "Visa •••• 4242"


@pytest.mark.parametrize(
    ("amount", "currency", "counted"),
    [("12800", "JPY", 12_800), ("1.230", "KWD", 1_230), ("500", "ISK", 50_000)],
)
def test_amounts_are_counted_as_stripe_does(
    service: Api, client: stripe.StripeClient, amount: str, currency: str, counted: int
) -> None:
    payment_id = add_payment(service.running.store, sum=amount, currency=currency)
    shown = service.open(payment_id).json()["amount"]
    token = new_card(client, APPROVED)
    assert pay(service, payment_id, token, amount=shown)["status"] == "paid"
    assert intent_of(service.running, client).amount == counted


def test_a_declined_card_says_so_and_another_can_be_tried(
    service: Api, client: stripe.StripeClient
) -> None:
    payment_id = add_payment(service.running.store)
    failed = pay(service, payment_id, new_card(client, DECLINED))
    assert failed["error"] == {
        "code": "card_declined",
        "message": "Your bank declined this card.",
    }
    assert pay(service, payment_id, new_card(client, APPROVED), key="key-2")["status"] == "paid"


def test_a_bank_that_asks_is_asked_on_a_page_in_the_frame(
    service: Api, client: stripe.StripeClient, stand_in: str
) -> None:
    payment_id = add_payment(service.running.store)
    payment = pay(service, payment_id, new_card(client, CHALLENGED))
    assert payment["action"]["target"] == "frame"
    page = service.running.http.get(payment["action"]["url"])
    assert page.status_code == 200
    assert "https://js.stripe.com/v3/" in page.text
    assert service.running.addresses.widget in page.text
    assert "script-src 'nonce-" in page.headers["content-security-policy"]
    intent = intent_of(service.running, client)
    assert str(intent.client_secret) not in page.text
    confirm(stand_in, intent, success=True)
    assert service.read(payment["id"])["status"] == "paid"
    assert intent_of(service.running, client).status == "succeeded"


def test_a_bank_that_is_not_convinced_declines(
    service: Api, client: stripe.StripeClient, stand_in: str
) -> None:
    payment = pay(service, add_payment(service.running.store), new_card(client, CHALLENGED))
    confirm(stand_in, intent_of(service.running, client), success=False)
    assert service.read(payment["id"])["error"]["code"] == "not_confirmed"


def test_an_order_that_changed_while_the_bank_asked_is_not_charged(
    service: Api, client: stripe.StripeClient, stand_in: str
) -> None:
    payment_id = add_payment(service.running.store)
    payment = pay(service, payment_id, new_card(client, CHALLENGED))
    change_payment(service.running.store, payment_id, sum="500.00")
    confirm(stand_in, intent_of(service.running, client), success=True)
    assert service.read(payment["id"])["error"]["code"] == "amount_changed"
    wait_for(lambda: intent_of(service.running, client).status == "canceled")


def test_what_comes_in_time_is_told_by_stripes_own_notification(
    service: Api, client: stripe.StripeClient, stand_in: str
) -> None:
    hook = {"url": f"{service.running.addresses.gateway}/notifications", "secret": SECRET}
    assert httpx.post(f"{stand_in}/_config/webhooks/one", json=hook).status_code == 200
    payment_id = add_payment(service.running.store, currency="EUR")
    params: Any = {
        "type": "sepa_debit",
        "sepa_debit": {"iban": BAD_IBAN},
        "billing_details": {"name": "Ava", "email": "ava@shop.example"},
    }
    token = client.v1.payment_methods.create(params).id
    shown = {"value": "100.00", "currency": "EUR"}
    payment = pay(service, payment_id, token, method="stripe_sepa_debit", amount=shown)
    assert payment["status"] == "processing"
    wait_for(lambda: last_attempt(service.running).status == "failed")
    assert last_attempt(service.running).error_code == "declined"


def test_a_notification_of_somebody_else_is_refused(service: Api) -> None:
    url = f"{service.running.addresses.gateway}/notifications"
    for headers in ({}, {"Stripe-Signature": "t=1,v1=00"}):
        assert service.running.http.post(url, content="{}", headers=headers).status_code == 400


def set_code(store: Store, code: str, value: str) -> None:
    """One more of the handler's CODES, as the merchant of the first payment system fills it in."""
    with store.write() as session:
        handler = session.scalars(select(Handler)).first()
        assert handler
        codes = {**handler.settings["CODES"], code: {"NAME": code}}
        handler.settings = {**handler.settings, "CODES": codes}
        session.add(ParameterMapping(pay_system_id=1, code=code, type="VALUE", value=value))


def signed(event: dict[str, Any], secret: str) -> tuple[bytes, dict[str, str]]:
    """A notification as Stripe signs it."""
    body = json.dumps(event).encode()
    moment = int(time.time())
    signature = hmac.new(secret.encode(), b"%d.%s" % (moment, body), "sha256").hexdigest()
    return body, {"Stripe-Signature": f"t={moment},v1={signature}"}


@pytest.mark.parametrize(
    ("secret", "status"), [("whsec_of_the_shop", 204), (SECRET, 400), ("", 400)]
)
def test_only_the_account_of_its_own_shop_has_news_of_a_payment(
    service: Api, client: stripe.StripeClient, stand_in: str, secret: str, status: int
) -> None:
    set_code(service.running.store, "STRIPE_WEBHOOK_SECRET", "whsec_of_the_shop")
    pay(service, add_payment(service.running.store), new_card(client, CHALLENGED))
    confirm(stand_in, intent_of(service.running, client), success=True)
    event = {"data": {"object": {"metadata": {"attempt": last_attempt(service.running).id}}}}
    body, headers = signed({"object": "event", "id": "evt_1", **event}, secret)
    url = f"{service.running.addresses.gateway}/notifications"
    answer = service.running.http.post(url, content=body, headers=headers)
    assert answer.status_code == status
    known = last_attempt(service.running).status
    assert known == ("settled" if status == 204 else "action_required")


def test_without_any_secret_no_notification_is_believed(
    stand_in: str, client: stripe.StripeClient, store: Store, tmp_path: Path
) -> None:
    provider = Stripe(SECRET_KEY, "", "", api=stand_in)
    with serve(store, tmp_path / "dist", provider=provider) as running:
        pay(Api(running), add_payment(store), new_card(client, CHALLENGED))
        event = {"data": {"object": {"metadata": {"attempt": last_attempt(running).id}}}}
        body, headers = signed({"object": "event", "id": "evt_1", **event}, "")
        url = f"{running.addresses.gateway}/notifications"
        assert running.http.post(url, content=body, headers=headers).status_code == 400


def test_a_shop_can_have_an_account_of_its_own(
    stand_in: str, client: stripe.StripeClient, store: Store, tmp_path: Path
) -> None:
    set_code(store, "STRIPE_SECRET_KEY", "sk_test_shop")
    provider = Stripe("not a key", "", SECRET, api=stand_in)
    with serve(store, tmp_path / "dist", provider=provider) as running:
        api = Api(running)
        paid = pay(api, add_payment(store), new_card(client, APPROVED))
        assert paid["status"] == "paid"


@pytest.mark.parametrize(("of_shop", "key"), [("", "pk_test_12345"), ("pk_shop", "pk_shop")])
def test_the_offer_has_the_publishable_key_of_the_shops_account_and_no_other_key(
    service: Api, of_shop: str, key: str
) -> None:
    set_code(service.running.store, "STRIPE_SECRET_KEY", "sk_shop")
    set_code(service.running.store, "STRIPE_PUBLISHABLE_KEY", of_shop)
    opened = service.open(add_payment(service.running.store))
    assert opened.json()["methods"] == [
        {"type": "stripe_card", "label": "Card", "settings": {"publishable_key": key}}
    ]
    assert "sk_" not in opened.text


@pytest.mark.parametrize(
    "data", [{}, {"payment_method": "tok_1"}, {"payment_method": 7}, {"number": APPROVED}]
)
def test_only_stripes_tokens_are_taken(service: Api, data: dict[str, Any]) -> None:
    gateway_id = service.opened(add_payment(service.running.store))
    response = service.attempt(gateway_id, method="stripe_card", data=data)
    assert response.status_code == 422
    assert APPROVED not in response.text


@pytest.mark.parametrize(
    ("amount", "units"),
    [
        (Money("0.50", "USD"), 50),
        (Money("1700", "JPY"), 1700),
        (Money("1.230", "KWD"), 1230),
        (Money("5", "ISK"), 500),
        (Money("1234567890123.45", "IDR"), 123456789012345),
    ],
)
def test_minor_units_and_back(amount: Money, units: int) -> None:
    assert minor_units(amount) == units
    assert money(units, amount.currency.lower()).equals(amount)


@pytest.mark.parametrize(
    "amount", [Money("1.234", "KWD"), Money("0.5", "JPY"), Money("1.001", "USD")]
)
def test_an_amount_that_stripe_cannot_take_is_refused(amount: Money) -> None:
    with pytest.raises(RefusedError, match="too many digits"):
        minor_units(amount)


def test_where_each_shop_has_an_account_the_environment_needs_no_key() -> None:
    assert from_environment({}).webhook_secret == ""


def test_without_the_secret_of_its_endpoint_it_does_not_start() -> None:
    with pytest.raises(StripeError, match="STRIPE_WEBHOOK_SECRET is missing"):
        from_environment({"STRIPE_SECRET_KEY": "sk_test_1"})
