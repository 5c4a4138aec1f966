"""What the test bank remembers: a charge for every attempt that it was asked for."""

import time
from typing import Annotated, Literal

from sqlalchemy import BigInteger, String, select, update
from sqlalchemy.orm import DeclarativeBase, Mapped, MappedAsDataclass, mapped_column

from payframe.database import Database
from payframe.gateway import Attempt

Short = Annotated[str, mapped_column(String(255))]
ChargeStatus = Literal["waiting", "confirmed", "refused", "captured", "cancelled"]


class Table(MappedAsDataclass, DeclarativeBase):
    pass


class Charge(Table, kw_only=True):
    """`confirmed` has the buyer's yes, `captured` the money. Times are seconds since the epoch."""

    __tablename__ = "sandbox_charge"

    attempt_id: Mapped[str] = mapped_column(String(40), primary_key=True)
    payment_id: Mapped[int] = mapped_column(BigInteger)
    number: Mapped[Short]
    method: Mapped[Short]
    value: Mapped[Short]
    currency: Mapped[Short]
    source: Mapped[Short]
    """What pays, for people: `Visa •••• 4242`, empty for a bank."""
    return_url: Mapped[str] = mapped_column(String(2000))
    status: Mapped[Short]
    ready: Mapped[float] = mapped_column(default=0.0)
    """When a confirmed charge can be captured."""
    began: Mapped[float] = mapped_column(default_factory=time.time)


def write_charge(
    store: Database, attempt: Attempt, status: ChargeStatus, return_url: str, ready: float = 0.0
) -> Charge:
    """The charge of an attempt: the one that there is, where it is asked for twice."""
    instrument = attempt.instrument
    with store.write() as session:
        found = session.get(Charge, attempt.id)
        if found is None:
            found = Charge(
                attempt_id=attempt.id,
                payment_id=attempt.payment.payment_id,
                number=attempt.payment.number,
                method=attempt.method,
                value=attempt.amount.value,
                currency=attempt.amount.currency,
                source=f"{instrument.brand} •••• {instrument.last4}" if instrument.last4 else "",
                return_url=return_url,
                status=status,
                ready=ready,
            )
            session.add(found)
        return found


def find_charge(store: Database, attempt_id: str) -> Charge | None:
    with store.read() as session:
        return session.get(Charge, attempt_id)


def move(
    store: Database, attempt_id: str, before: tuple[ChargeStatus, ...], after: ChargeStatus
) -> None:
    """To another status, unless it has left those that lead there."""
    with store.write() as session:
        session.execute(
            update(Charge)
            .where(Charge.attempt_id == attempt_id, Charge.status.in_(before))
            .values(status=after)
        )


def waiting_for(store: Database, payment_id: int | None, methods: tuple[str, ...]) -> str | None:
    """The attempt that began last of those that wait for money by one of the methods."""
    with store.read() as session:
        return session.scalar(
            select(Charge.attempt_id)
            .where(
                Charge.payment_id == payment_id,
                Charge.status == "waiting",
                Charge.method.in_(methods),
            )
            .order_by(Charge.began.desc())
            .limit(1)
        )
