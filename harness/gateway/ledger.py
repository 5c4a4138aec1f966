"""What the service remembers: payments and the attempts to pay them.

A payment is charged at most once: an attempt begins only inside a write transaction that has
seen that no other one is under way or has the money. Of a card, brand and last four digits are
kept, nothing else.
"""

import secrets
import time
from typing import Annotated, Any, Literal

from sqlalchemy import ForeignKey, String, UniqueConstraint, select
from sqlalchemy.orm import (
    DeclarativeBase,
    Mapped,
    MappedAsDataclass,
    mapped_column,
    relationship,
)

from ..store.database import Store
from .portal import PortalPayment
from .problems import Problem

Short = Annotated[str, mapped_column(String(255))]
Status = Literal["open", "processing", "action_required", "paid", "failed"]


class Table(MappedAsDataclass, DeclarativeBase):
    pass


class Payment(Table, kw_only=True):
    """A payment as this service knows it; its ID is unguessable, whoever has it may pay."""

    __tablename__ = "gateway_payment"
    __table_args__ = (UniqueConstraint("payment_id", "pay_system_id"),)

    id: Mapped[str] = mapped_column(
        String(40), primary_key=True, default_factory=lambda: f"pay_{secrets.token_urlsafe(16)}"
    )
    payment_id: Mapped[int]
    pay_system_id: Mapped[int]
    number: Mapped[Short]
    value: Mapped[Short]
    currency: Mapped[Short]
    paid: Mapped[bool] = mapped_column(default=False)
    attempts: Mapped[list["Attempt"]] = relationship(
        default_factory=list, back_populates="payment", lazy="selectin", order_by="Attempt.began"
    )

    @property
    def status(self) -> Status:
        if self.paid:
            return "paid"
        if not self.attempts:
            return "open"
        match self.attempts[-1].status:
            case "processing" | "charged":
                return "processing"
            case "action_required":
                return "action_required"
            case _:
                return "failed"


class Attempt(Table, kw_only=True):
    """One try to pay. `charged` has the money, `settled` has told the portal so."""

    __tablename__ = "gateway_attempt"
    __table_args__ = (UniqueConstraint("gateway_payment_id", "idempotency_key"),)

    id: Mapped[str] = mapped_column(
        String(40), primary_key=True, default_factory=lambda: secrets.token_urlsafe(16)
    )
    gateway_payment_id: Mapped[str] = mapped_column(ForeignKey("gateway_payment.id"))
    idempotency_key: Mapped[Short]
    method: Mapped[Short]
    brand: Mapped[Short] = mapped_column(default="")
    last4: Mapped[str] = mapped_column(String(4), default="")
    status: Mapped[Short]
    due: Mapped[float] = mapped_column(default=0.0)
    """When a processing attempt gets the money, or one that waits for its buyer ends: seconds
    since the epoch, 0 for never."""
    return_url: Mapped[str] = mapped_column(String(2000), default="")
    error_code: Mapped[Short] = mapped_column(default="")
    error_message: Mapped[Short] = mapped_column(default="")
    began: Mapped[float] = mapped_column(default_factory=time.time)

    payment: Mapped[Payment] = relationship(init=False, back_populates="attempts", lazy="joined")

    @property
    def source(self) -> str:
        """What paid, for people: `Visa •••• 4242`."""
        return f"{self.brand} •••• {self.last4}" if self.last4 else self.method


def open_payment(store: Store, seen: PortalPayment) -> Payment:
    """The payment for what the portal showed; the same one when asked again."""
    with store.write() as session:
        payment = session.scalar(
            select(Payment).where(
                Payment.payment_id == seen.payment_id, Payment.pay_system_id == seen.pay_system_id
            )
        )
        if payment is None:
            payment = Payment(
                payment_id=seen.payment_id,
                pay_system_id=seen.pay_system_id,
                number=seen.number,
                value=seen.value,
                currency=seen.currency,
            )
            session.add(payment)
        payment.value, payment.currency = seen.value, seen.currency
        payment.paid = payment.paid or seen.paid
        payment_id = payment.id
    return find_payment(store, payment_id)


def find_payment(store: Store, payment_id: str) -> Payment:
    """The payment as it is now. Raises Problem."""
    with store.read() as session:
        payment = session.get(Payment, payment_id)
    if payment is None:
        raise Problem(404, "payment_not_found", "This payment is not known.")
    if any(map(_lapsed, payment.attempts)):
        with store.write() as session:
            payment = session.get_one(Payment, payment_id)
            for attempt in filter(_lapsed, payment.attempts):
                _fail(attempt, "code_expired", "The time to pay is over. You can start again.")
    return payment


def _lapsed(attempt: Attempt) -> bool:
    return attempt.status == "action_required" and 0 < attempt.due < time.time()


def same_intent(payment: Payment, key: str, method: str, last4: str) -> bool:
    """Whether this attempt has been made already. Raises Problem where the key means another."""
    for attempt in payment.attempts:
        if attempt.idempotency_key == key:
            if (attempt.method, attempt.last4) != (method, last4):
                raise Problem(
                    422,
                    "idempotency_key_reused",
                    "This Idempotency-Key belongs to another attempt.",
                )
            return True
    return False


def begin_attempt(store: Store, payment_id: str, attempt: dict[str, Any]) -> Attempt | None:
    """Write down an attempt, or None where there is nothing to do: made before, or paid.

    An attempt that waits for the buyer is given up for a new one. Raises Problem.
    """
    with store.write() as session:
        payment = session.get_one(Payment, payment_id)
        again = same_intent(
            payment, attempt["idempotency_key"], attempt["method"], attempt.get("last4", "")
        )
        if again or payment.paid:
            return None
        if payment.status == "processing":
            raise Problem(409, "attempt_in_progress", "This payment is being processed already.")
        for other in payment.attempts:
            if other.status == "action_required":
                _fail(other, "abandoned", "The payment was not confirmed.")
        new = Attempt(gateway_payment_id=payment_id, **attempt)
        session.add(new)
        return new


def find_attempt(store: Store, attempt_id: str) -> Attempt:
    """Raises Problem."""
    with store.read() as session:
        attempt = session.get(Attempt, attempt_id)
    if attempt is None:
        raise Problem(404, "attempt_not_found", "This attempt is not known.")
    return attempt


def answer_challenge(store: Store, attempt_id: str, *, approved: bool) -> Attempt:
    """The buyer's answer; only the first one to an attempt that waits for it counts."""
    with store.write() as session:
        attempt = session.get_one(Attempt, attempt_id)
        if attempt.status == "action_required" and not _lapsed(attempt):
            if attempt.payment.paid:
                _fail(attempt, "paid_already", "The payment had been paid already.")
            elif approved:
                attempt.status = "charged"
            else:
                _fail(attempt, "not_confirmed", "The payment was not confirmed.")
        return attempt


def charge(store: Store, attempt_id: str) -> Attempt:
    """A processing attempt gets the money."""
    with store.write() as session:
        attempt = session.get_one(Attempt, attempt_id)
        if attempt.status == "processing":
            attempt.status = "charged"
        return attempt


def settle(store: Store, attempt_id: str) -> None:
    """The portal knows that the payment is paid."""
    with store.write() as session:
        attempt = session.get_one(Attempt, attempt_id)
        attempt.status = "settled"
        attempt.payment.paid = True


def refuse(store: Store, attempt_id: str) -> None:
    """The portal does not take the payment: the money goes back."""
    with store.write() as session:
        _fail(
            session.get_one(Attempt, attempt_id),
            "refused_by_shop",
            "The shop did not accept the payment. The money goes back to you.",
        )


def unsettled(store: Store) -> list[str]:
    """The attempts that have, or will have, money that the portal does not know of."""
    with store.read() as session:
        return list(
            session.scalars(select(Attempt.id).where(Attempt.status.in_(("processing", "charged"))))
        )


def _fail(attempt: Attempt, code: str, message: str) -> None:
    attempt.status, attempt.error_code, attempt.error_message = "failed", code, message
