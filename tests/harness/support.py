"""What the harness's tests share: a shop's payments, and the real application on real sockets."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
from payframe.harness.portal.provision import webhook_url
from payframe.harness.sale.handlers import handler_of
from payframe.harness.sale.payments import write_payment
from payframe.harness.seller.checkout import Limits
from payframe.harness.server.app import Addresses, create_app
from payframe.harness.server.serving import in_thread, listen
from payframe.harness.store.database import Store
from payframe.harness.store.models import Handler, Payment, PaySystem
from payframe.widget.gateway.provider import Provider
from sqlalchemy import func, select
from starlette.applications import Starlette

from payframe.authorities import usual_authorities

PATIENCE = 30.0
"""Seconds after which a condition that does not come true is a failure."""


def wait_for(condition: Callable[[], Any], patience: float | None = None) -> None:
    end = time.monotonic() + (patience or PATIENCE)
    while not condition():
        assert time.monotonic() < end, "this did not happen in time"
        time.sleep(0.01)


def add_payment(store: Store, **fields: Any) -> int:
    """A payment of an order of its own, by default of 100.00 USD; its ID."""
    fields = {"account_number": "77/1", **fields}
    with store.write() as session:
        return write_payment(
            session, fields.pop("sum", "100.00"), fields.pop("currency", "USD"), **fields
        ).id


def add_pay_system(store: Store, action_file: str = "other") -> int:
    """A payment system of another handler, which need not exist; its ID."""
    with store.write() as session:
        pay_system = PaySystem(name="Other", action_file=action_file, active="Y")
        session.add(pay_system)
        session.flush()
        return pay_system.id


def add_handler(store: Store, settings: dict[str, Any], **fields: Any) -> int:
    """A handler and an active payment system of it; the payment system's ID."""
    with store.write() as session:
        number = (session.scalar(select(func.max(Handler.id))) or 0) + 1
        code = f"handler{number}"
        session.add(Handler(name=code, code=code, settings={"CODES": {}, **settings}))
        pay_system = PaySystem(
            **{"name": f"System {number}", "action_file": code, "active": "Y", **fields}
        )
        session.add(pay_system)
        session.flush()
        return pay_system.id


def change_handler(store: Store, pay_system_id: int, settings: dict[str, Any]) -> None:
    with store.write() as session:
        pay_system = session.get_one(PaySystem, pay_system_id)
        handler = handler_of(session, pay_system)
        assert handler
        handler.settings = {**handler.settings, **settings}


def change_payment(store: Store, payment_id: int, **fields: Any) -> None:
    with store.write() as session:
        payment = session.get_one(Payment, payment_id)
        for name, value in fields.items():
            setattr(payment, name, value)


def read_payment(store: Store, payment_id: int) -> Payment:
    with store.read() as session:
        return session.get_one(Payment, payment_id)


@dataclass(frozen=True)
class Running:
    """The application while it is being served."""

    store: Store
    addresses: Addresses
    dist: Path
    http: httpx.Client

    @property
    def port(self) -> int:
        return int(self.addresses.seller.rpartition(":")[2])


@contextmanager
def serve(
    store: Store,
    dist: Path,
    *,
    port: int = 0,
    webhook: str | None = None,
    allowed_sellers: list[str] | None = None,
    limits: Limits | None = None,
    provider: Provider | None = None,
) -> Iterator[Running]:
    """The application on a port of its own; `webhook` is a portal elsewhere, for its gateway.

    `provider` is behind the gateway in place of the sandbox.
    """
    got, sockets = listen(port)
    assert port in (0, got), "the port is still taken"
    seller = f"http://localhost:{got}"
    addresses = Addresses(seller, f"http://127.0.0.1:{got}", webhook or webhook_url(store, seller))

    def application(ready: Callable[[], None]) -> Starlette:
        return create_app(
            store,
            addresses,
            dist,
            allowed_sellers or [],
            on_start=ready,
            limits=limits,
            new_provider=(lambda _store: provider) if provider else None,
        )

    with (
        in_thread(application, sockets),
        httpx.Client(timeout=PATIENCE, verify=usual_authorities()) as http,
    ):
        yield Running(store, addresses, dist, http)
