"""The demo's server inside this process: on a free port, in a thread, with data of its own."""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from payframe.widget.config import Config
from payframe.widget.folders import DIST
from payframe.widget.handler import Mapping
from sqlalchemy import func, select, update
from starlette.types import ASGIApp

from ..portal.log import CallLog
from ..portal.provision import mint_token
from ..sale.payments import write_payment
from ..store.database import Store, open_store
from ..store.models import Handler, ParameterMapping, Payment, PaySystem
from .app import Addresses, create_app
from .providers import new_provider
from .serving import PortError, in_thread, listen
from .set_up import set_up


@dataclass(frozen=True)
class Running:
    """A shop, its portal, the built widget and its gateway, while they are being served.

    `calls` are the last ones of the portal.
    """

    store: Store
    addresses: Addresses
    calls: CallLog = field(default_factory=CallLog, kw_only=True)

    def register(self, settings: dict[str, Any], mappings: dict[str, Mapping]) -> int:
        """Add a handler with a payment system, as the portal holds them; the latter's ID.

        `settings` are SETTINGS of sale.paysystem.handler.add, `mappings` those of
        sale.paysystem.add. The payment system is not active: it is the only one on the pages of
        its own payments, and not offered on any other's.
        """
        with self.store.write() as session:
            number = 1 + (session.scalar(select(func.max(Handler.id))) or 0)
            code = f"handler{number}"
            session.add(Handler(name=code, code=code, settings={"CODES": {}, **settings}))
            pay_system = PaySystem(name="Pay here", action_file=code, active="N")
            session.add(pay_system)
            session.flush()
            session.add_all(
                ParameterMapping(
                    pay_system_id=pay_system.id, code=name, type=each.TYPE, value=each.VALUE
                )
                for name, each in mappings.items()
            )
            return pay_system.id

    def new_payment(
        self, amount: str = "100.00", currency: str = "USD", *, through: int | None = None
    ) -> int:
        """The ID of a payment that is not paid yet, through a payment system with an ID.

        By default it goes through the widget's. `amount` is a decimal string.
        """
        with self.store.write() as session:
            return write_payment(session, amount, currency, pay_system_id=through).id

    def is_paid(self, payment_id: int) -> bool:
        with self.store.read() as session:
            return session.get_one(Payment, payment_id).paid == "Y"


WEBHOOK_CODE = "payframecheck"
"""Of a webhook that is known before the portal runs. Its data is made for a check alone."""


def known_webhook(port: int) -> str:
    """The webhook of a shop that will run at a port: a server can be told of it beforehand."""
    return f"http://localhost:{port}/rest/1/{WEBHOOK_CODE}/"


@contextmanager
def running(config: Config, dist: Path = DIST, *, port: int = 0) -> Iterator[Running]:
    """Serve until the block ends; the data is gone then. `dist` holds the built widget.

    At a `port`, and no other, its webhook is known_webhook(port). Raises PortError.
    """
    with tempfile.TemporaryDirectory(prefix="payframe-") as folder:
        store = open_store(str(Path(folder) / "harness.db"))
        got, sockets = listen(port)
        if port not in (0, got):
            for listening in sockets:
                listening.close()
            raise PortError(f"Port {port} is used by another program.")
        addresses = set_up(store, config, got)
        with store.write() as session:
            session.execute(update(PaySystem).values(active="N"))  # see Running.register
            if port:
                mint_token(session, code=WEBHOOK_CODE)
        if port:
            addresses = replace(addresses, webhook=known_webhook(port))

        calls = CallLog()

        def application(ready: Callable[[], None]) -> ASGIApp:
            widget = config.widget
            return create_app(
                store,
                addresses,
                dist,
                widget.allowed_sellers,
                ready,
                new_provider=new_provider(config),
                calls=calls,
            )

        with in_thread(application, sockets):
            yield Running(store, addresses, calls=calls)
        store.close()
