"""The demo as a reader starts it: the command, in a process of its own, on a free port."""

import json
import signal
import subprocess
import sys
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from harness.store.database import Store, open_store
from harness.store.models import Order, Payment, PaySystem, PersonType

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
                    *(sys.executable, "-m", "harness.cli", "demo", "--json", "--port", "0"),
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
            systems = select(PaySystem).order_by(PaySystem.id)
            if through is not None:
                column = PaySystem.name if isinstance(through, str) else PaySystem.id
                systems = systems.where(column == through)
            pay_system = session.scalars(systems).first()
            assert pay_system is not None
            payer = select(PersonType.id).where(PersonType.client_type == client_type)
            number = str(2000 + (session.scalar(select(func.max(Order.id))) or 0))
            order = Order(
                account_number=number,
                person_type_id=session.scalars(payer.order_by(PersonType.id).limit(1)).one(),
                user_id=1,
                currency=currency,
                price=amount,
            )
            payment = Payment(
                account_number=f"{number}/1",
                pay_system_id=pay_system.id,
                sum=amount,
                currency=currency,
            )
            order.payments = [payment]
            session.add(order)
            session.flush()
            return payment.id

    def payment(self, payment_id: int) -> Payment:
        with self.shop_data.read() as session:
            return session.get_one(Payment, payment_id)

    def is_paid(self, payment_id: int) -> bool:
        return self.payment(payment_id).paid == "Y"

    def times_paid(self, payment_id: int) -> int:
        """How often the portal was told that a payment is paid, by the gateway's log."""
        number = self.payment(payment_id).account_number
        return self.log.count(f"payment {number} is paid")
