"""The demo as a reader starts it: the command, in a process of its own, on a free port."""

import json
import signal
import subprocess
import sys
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from sqlalchemy import select

from harness.store.database import Store, open_store
from harness.store.models import Payment, PaySystem
from harness.store.orders import write_payment

PATIENCE = 20.0
"""Seconds after which a demo that has not ended is stuck."""


@dataclass
class Demo:
    """A running demo. `shop_data` is the very database that it uses."""

    process: subprocess.Popen[str]
    database: Path
    urls: dict[str, Any]

    @classmethod
    def start(cls, database: Path, *options: str) -> "Demo":
        with (database.parent / "demo.log").open("a") as log:
            process = subprocess.Popen(
                [
                    *(sys.executable, "-m", "harness", "demo", "--json", "--port", "0"),
                    *("--database", str(database), *options),
                ],
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )
        assert process.stdout is not None
        line = process.stdout.readline()
        assert line, (database.parent / "demo.log").read_text()
        return cls(process, database, json.loads(line))

    @cached_property
    def shop_data(self) -> Store:
        return open_store(str(self.database))

    @property
    def log(self) -> str:
        return (self.database.parent / "demo.log").read_text()

    def stop(self) -> int:
        """Ctrl-C; the exit status."""
        if "shop_data" in self.__dict__:
            self.shop_data.close()
        self.process.send_signal(signal.SIGINT)
        status = self.process.wait(PATIENCE)
        assert self.process.stdout is not None
        self.process.stdout.close()
        return status

    def new_payment(
        self,
        amount: str = "100.00",
        currency: str = "USD",
        *,
        through: str | int | None = None,
        client_type: str = "b2c",
    ) -> int:
        """The ID of a payment that is not paid yet.

        It goes through the payment system with a name or an ID, by default the first one.
        """
        with self.shop_data.write() as session:
            systems = select(PaySystem.id).order_by(PaySystem.id)
            if through is not None:
                column = PaySystem.name if isinstance(through, str) else PaySystem.id
                systems = systems.where(column == through)
            return write_payment(
                session,
                amount,
                currency,
                pay_system_id=session.scalars(systems.limit(1)).one(),
                client_type=client_type,
            ).id

    def payment(self, payment_id: int) -> Payment:
        with self.shop_data.read() as session:
            return session.get_one(Payment, payment_id)

    def is_paid(self, payment_id: int) -> bool:
        return self.payment(payment_id).paid == "Y"

    def times_paid(self, payment_id: int) -> int:
        """How often the portal was told that a payment is paid, by the gateway's log."""
        number = self.payment(payment_id).account_number
        return self.log.count(f"payment {number} is paid")
