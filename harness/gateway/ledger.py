"""What the service remembers: payments and the attempts to pay them.

Of a card, brand and last four digits are kept, nothing else. How an attempt goes from one status
to the next is in attempts.py.
"""

import secrets
import time
from typing import Annotated, Literal

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import (
    DeclarativeBase,
    Mapped,
    MappedAsDataclass,
    Session,
    mapped_column,
    relationship,
)

from ..store.database import Store
from .portal_client import PortalPayment
from .problems import ProblemError

Short = Annotated[str, mapped_column(String(255))]
PaymentStatus = Literal["open", "processing", "action_required", "paid", "failed"]
AttemptStatus = Literal["action_required", "processing", "charged", "settled", "failed"]
METHOD_NAMES = {
    "card": "Card",
    "redirect": "Bank account",
    "qr": "QR code",
    "transfer": "Bank transfer",
}
"""The sandbox's ways to pay, as people call them."""
MONEY_AT_STAKE: tuple[AttemptStatus, ...] = ("processing", "charged", "settled")
"""Statuses of which a payment has one attempt at most: the money is being taken, or is there."""


class Table(MappedAsDataclass, DeclarativeBase):
    pass


class GatewayPayment(Table, kw_only=True):
    """A payment as this service knows it; its ID is unguessable, whoever has it may pay.

    `value` and `currency` are what the portal asked for when it was last looked at.
    """

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
    def status(self) -> PaymentStatus:
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

    @property
    def amount(self) -> tuple[str, str]:
        """What the buyer pays or has paid, else what there is to pay: decimal and ISO 4217 code."""
        agreed = next((each for each in reversed(self.attempts) if each.status != "failed"), None)
        return (agreed.value, agreed.currency) if agreed else (self.value, self.currency)


class Attempt(Table, kw_only=True):
    """One try to pay an amount that the buyer has seen, fixed at its beginning.

    `charged` has the money, `settled` has told the portal so. Times are seconds since the epoch.
    """

    __tablename__ = "gateway_attempt"
    __table_args__ = (UniqueConstraint("gateway_payment_id", "idempotency_key"),)

    id: Mapped[str] = mapped_column(
        String(40), primary_key=True, default_factory=lambda: secrets.token_urlsafe(16)
    )
    gateway_payment_id: Mapped[str] = mapped_column(ForeignKey("gateway_payment.id"))
    idempotency_key: Mapped[Short]
    method: Mapped[Short]
    value: Mapped[Short]
    currency: Mapped[Short]
    brand: Mapped[Short] = mapped_column(default="")
    last4: Mapped[str] = mapped_column(String(4), default="")
    status: Mapped[Short]
    expires: Mapped[float] = mapped_column(default=0.0)
    """When an attempt that waits for its buyer ends; 0 for never."""
    due: Mapped[float] = mapped_column(default=0.0)
    """When the settlement takes up an attempt that has, or is to get, the money."""
    claimed_until: Mapped[float] = mapped_column(default=0.0)
    """Until when one settlement works at it, and no other."""
    tries: Mapped[int] = mapped_column(default=0)
    """How often the settlement has had to put it off."""
    return_url: Mapped[str] = mapped_column(String(2000), default="")
    error_code: Mapped[Short] = mapped_column(default="")
    error_message: Mapped[Short] = mapped_column(default="")
    began: Mapped[float] = mapped_column(default_factory=time.time)

    payment: Mapped[GatewayPayment] = relationship(
        init=False, back_populates="attempts", lazy="joined"
    )

    @property
    def source(self) -> str:
        """What paid, for people: `Visa •••• 4242`."""
        return (
            f"{self.brand} •••• {self.last4}"
            if self.last4
            else METHOD_NAMES.get(self.method, self.method)
        )

    @property
    def has_lapsed(self) -> bool:
        """Whether its buyer has waited for too long."""
        return self.status == "action_required" and 0 < self.expires < time.time()


# The last word on every database: whatever runs at once, a payment is charged once.
Index(
    "gateway_attempt_one_charge",
    Attempt.gateway_payment_id,
    unique=True,
    sqlite_where=Attempt.status.in_(MONEY_AT_STAKE),
    postgresql_where=Attempt.status.in_(MONEY_AT_STAKE),
)


def lock_payment(session: Session, gateway_payment_id: str) -> GatewayPayment:
    """The payment with its attempts as they are now; no other transaction changes them meanwhile.

    On SQLite a write transaction has the whole database to itself, elsewhere the row is locked.
    """
    return session.get_one(
        GatewayPayment, gateway_payment_id, with_for_update=True, populate_existing=True
    )


def open_payment(store: Store, seen: PortalPayment) -> GatewayPayment:
    """The payment for what the portal showed; the same one when asked again.

    Where money has been taken for it, nothing but `paid` changes any more.
    """
    try:
        gateway_payment_id = _write_payment(store, seen)
    except IntegrityError:  # written by somebody else in this moment
        gateway_payment_id = _write_payment(store, seen)
    return find_payment(store, gateway_payment_id)


def _write_payment(store: Store, seen: PortalPayment) -> str:
    with store.write() as session:
        found = session.scalar(
            select(GatewayPayment.id).where(
                GatewayPayment.payment_id == seen.payment_id,
                GatewayPayment.pay_system_id == seen.pay_system_id,
            )
        )
        if found is None:
            payment = GatewayPayment(
                payment_id=seen.payment_id,
                pay_system_id=seen.pay_system_id,
                number=seen.number,
                value=seen.value,
                currency=seen.currency,
                paid=seen.paid,
            )
            session.add(payment)
            return payment.id
        payment = lock_payment(session, found)
        if not payment.paid:
            payment.value, payment.currency = seen.value, seen.currency
            payment.paid = seen.paid
        return payment.id


def find_payment(store: Store, gateway_payment_id: str) -> GatewayPayment:
    """The payment as it is now. Raises ProblemError."""
    with store.read() as session:
        payment = session.get(GatewayPayment, gateway_payment_id)
    if payment is None:
        raise ProblemError(404, "payment_not_found", "This payment is not known.")
    if any(attempt.has_lapsed for attempt in payment.attempts):
        with store.write() as session:
            payment = lock_payment(session, gateway_payment_id)
            for attempt in payment.attempts:
                if attempt.has_lapsed:
                    fail(attempt, "code_expired", "The time to pay is over. You can start again.")
    return payment


def find_attempt(store: Store, attempt_id: str) -> Attempt:
    """Raises ProblemError."""
    with store.read() as session:
        attempt = session.get(Attempt, attempt_id)
    if attempt is None:
        raise ProblemError(404, "attempt_not_found", "This attempt is not known.")
    return attempt


def fail(attempt: Attempt, code: str, message: str) -> None:
    """End an attempt without money, or with the money given back; the buyer reads `message`."""
    attempt.status, attempt.error_code, attempt.error_message = "failed", code, message
