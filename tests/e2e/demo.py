"""The demo as a reader starts it: the command, in a process of its own, on a free port."""

import json
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from payframe.harness.sale.payments import write_payment
from payframe.harness.server.app import Addresses
from payframe.harness.server.in_process import Running
from payframe.harness.store.database import open_store
from payframe.harness.store.models import Payment, PaySystem
from sqlalchemy import select

PATIENCE = 60.0
"""Seconds after which a demo that has not ended is stuck."""


@dataclass(frozen=True)
class Demo(Running):
    """A running demo. `store` is the very database that it uses, `ready` what --json printed."""

    process: subprocess.Popen[str]
    database: Path
    ready: dict[str, Any]

    @classmethod
    def start(cls, database: Path, *options: str, command: str = "demo") -> "Demo":
        """By another `command` that runs the same shop."""
        with (database.parent / "demo.log").open("a") as log:
            process = subprocess.Popen(
                [
                    *(sys.executable, "-m", "payframe", command, "--json", "--port", "0"),
                    *("--database", str(database), *options),
                ],
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )
        assert process.stdout is not None
        line = process.stdout.readline()
        assert line, (database.parent / "demo.log").read_text()
        ready = json.loads(line)
        addresses = Addresses(
            ready["seller"], ready["gateway"].removesuffix("/gateway"), ready["webhook"]
        )
        return cls(open_store(str(database)), addresses, process, database, ready)

    @property
    def log(self) -> str:
        return (self.database.parent / "demo.log").read_text()

    def stop(self) -> int:
        """Ctrl-C; the exit status."""
        self.store.close()
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
        """As that of Running; the payment system may also be given by its name."""
        with self.store.write() as session:
            if isinstance(through, str):
                named = select(PaySystem.id).where(PaySystem.name == through)
                through = session.scalars(named.order_by(PaySystem.id).limit(1)).one()
            return write_payment(
                session, amount, currency, pay_system_id=through, client_type=client_type
            ).id

    def payment(self, payment_id: int) -> Payment:
        with self.store.read() as session:
            return session.get_one(Payment, payment_id)

    def times_paid(self, payment_id: int) -> int:
        """How often the portal was told that a payment is paid, by the gateway's log."""
        number = self.payment(payment_id).account_number
        return self.log.count(f"payment {number} is paid")
