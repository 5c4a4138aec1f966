"""The portal's side: orders that a gateway reads, and how often it tells that one is paid."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from ...portal.faults import clear_faults, set_fault
from ...server.in_process import Running
from ...store.models import Payment
from ..target import Target

REPORT = "sale.paysystem.pay.payment"
LOOK = "sale.payment.get"
DOWN = "INTERNAL_SERVER_ERROR"


@dataclass
class Portal:
    """`handler` is the handler whose payment system the payments go through."""

    server: Running
    handler: Target

    def __post_init__(self) -> None:
        _, self.new_payment = self.handler.payments(self.server)
        _, self.payment_of_another_system = replace(self.handler).payments(self.server)

    def pay_system_of(self, payment_id: int) -> int:
        with self.server.store.read() as session:
            return session.get_one(Payment, payment_id).pay_system_id

    def set_amount(self, payment_id: int, amount: str) -> None:
        """The seller changes the order."""
        with self.server.store.write() as session:
            payment = session.get_one(Payment, payment_id)
            payment.sum = payment.order.price = amount

    def reports(self, payment_id: int) -> int:
        """How often the portal was told that a payment is paid, and has taken it."""
        return sum(
            entry.status == 200 and bool(_of(payment_id).search(entry.request))
            for entry in self.server.calls.of(REPORT)
        )

    def was_asked(self, method: str) -> bool:
        return bool(self.server.calls.of(method))

    @contextmanager
    def failing(self, method: str) -> Iterator[None]:
        """The portal fails whenever this method is called, until the block ends."""
        with self.server.store.write() as session:
            set_fault(session, DOWN, method, None)
        try:
            yield
        finally:
            with self.server.store.write() as session:
                clear_faults(session)


def _of(payment_id: int) -> re.Pattern[str]:
    return re.compile(rf'"PAYMENT_ID":\s*"?{payment_id}\b', re.IGNORECASE)
