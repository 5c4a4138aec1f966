"""What the gateway remembers: payments and the attempts to pay them.

Of a card, brand and last four digits are kept, nothing else. How an attempt goes from one status
to the next is in attempts.py.
"""

import secrets
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from string import ascii_letters, digits
from typing import Annotated, Any, ClassVar, Literal

from sqlalchemy import (
    JSON,
    BigInteger,
    ColumnElement,
    ForeignKey,
    Index,
    String,
    Text,
    UniqueConstraint,
    select,
)
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import (
    DeclarativeBase,
    Mapped,
    MappedAsDataclass,
    Session,
    joinedload,
    mapped_column,
    relationship,
)

from payframe.database import Database

from .portal_client import PortalPayment
from .problems import ProblemError
from .provider import Attempt, Instrument, Method, Money, Payment
from .reasons import reason

Short = Annotated[str, mapped_column(String(255))]
Long = Annotated[str, mapped_column(Text)]
Id = Annotated[int, mapped_column(BigInteger)]
PaymentStatus = Literal["open", "processing", "action_required", "paid", "failed"]
AttemptStatus = Literal[
    "starting", "action_required", "processing", "authorized", "charged", "settled", "failed"
]
MONEY_AT_STAKE: tuple[AttemptStatus, ...] = (
    "starting",
    "processing",
    "authorized",
    "charged",
    "settled",
)
"""Statuses of which a payment has one attempt at most: the money is being taken, or is there."""


def new_id() -> str:
    """130 bits that nobody can guess, in letters and digits alone.

    An ID that began with `-` would be an option, not an argument, of a command.
    """
    return "".join(secrets.choice(ascii_letters + digits) for _ in range(22))


class Table(MappedAsDataclass, DeclarativeBase):
    type_annotation_map: ClassVar = {dict[str, Any]: JSON, list[dict[str, Any]]: JSON}


class LedgerPayment(Table, kw_only=True):
    """A payment as the gateway knows it; its ID is unguessable, whoever has it may pay.

    `shop` is the key of its portal, empty where the gateway serves one. `value` and `currency` are
    what the portal asked for when it was last looked at.
    """

    __tablename__ = "gateway_payment"
    __table_args__ = (UniqueConstraint("shop", "payment_id", "pay_system_id"),)

    id: Mapped[str] = mapped_column(
        String(40), primary_key=True, default_factory=lambda: f"pay_{new_id()}"
    )
    shop: Mapped[Short] = mapped_column(default="")
    payment_id: Mapped[Id]
    pay_system_id: Mapped[Id]
    number: Mapped[Short]
    value: Mapped[Short]
    currency: Mapped[Short]
    paid: Mapped[bool] = mapped_column(default=False)
    methods: Mapped[list[dict[str, Any]]] = mapped_column(default_factory=list)
    attempts: Mapped[list["LedgerAttempt"]] = relationship(
        default_factory=list,
        back_populates="payment",
        lazy="selectin",
        order_by="LedgerAttempt.began",
    )

    @property
    def status(self) -> PaymentStatus:
        if self.paid:
            return "paid"
        if not self.attempts:
            return "open"
        match self.attempts[-1].status:
            case "starting" | "processing" | "authorized" | "charged":
                return "processing"
            case "action_required":
                return "action_required"
            case _:
                return "failed"

    @property
    def amount(self) -> Money:
        """What the buyer pays or has paid, else what there is to pay."""
        agreed = next((each for each in reversed(self.attempts) if each.status != "failed"), None)
        return agreed.amount if agreed else Money(self.value, self.currency)

    @property
    def offered(self) -> list[Method]:
        """The ways to pay that the provider had for it when it was last looked at."""
        return [Method(**each) for each in self.methods]

    def for_provider(self, settings: Mapping[str, str]) -> Payment:
        amount = Money(self.value, self.currency)
        return Payment(
            id=self.id,
            shop=self.shop,
            payment_id=self.payment_id,
            pay_system_id=self.pay_system_id,
            number=self.number,
            amount=amount,
            settings=settings,
        )


class LedgerAttempt(Table, kw_only=True):
    """One try to pay an amount that the buyer has seen, fixed at its beginning.

    `charged` has the money, `settled` has told the portal so. Times are seconds since the epoch.
    """

    __tablename__ = "gateway_attempt"
    __table_args__ = (UniqueConstraint("gateway_payment_id", "idempotency_key"),)

    id: Mapped[str] = mapped_column(String(40), primary_key=True, default_factory=new_id)
    gateway_payment_id: Mapped[str] = mapped_column(ForeignKey("gateway_payment.id"))
    idempotency_key: Mapped[Short]
    method: Mapped[Short]
    label: Mapped[Short] = mapped_column(default="")
    """The method's name, in English."""
    value: Mapped[Short]
    currency: Mapped[Short]
    token: Mapped[Long] = mapped_column(default="")
    brand: Mapped[Short] = mapped_column(default="")
    last4: Mapped[str] = mapped_column(String(4), default="")
    reference: Mapped[Long] = mapped_column(default="")
    """What the payment service calls it."""
    status: Mapped[Short] = mapped_column(default="starting")
    action: Mapped[dict[str, Any]] = mapped_column(default_factory=dict)
    """What the buyer has to do; see actions.py."""
    expires: Mapped[float] = mapped_column(default=0.0)
    """When an attempt that waits for its buyer ends; 0 for never."""
    to_cancel: Mapped[bool] = mapped_column(default=False)
    """Whether the payment service has still to be told that a failed attempt is over."""
    due: Mapped[float] = mapped_column(default=0.0)
    """When the settlement takes it up."""
    looked: Mapped[float] = mapped_column(default=0.0)
    """When the payment service was last asked how it stands."""
    claimed_until: Mapped[float] = mapped_column(default=0.0)
    """Until when one settlement works at it, and no other."""
    tries: Mapped[int] = mapped_column(default=0)
    """How often the settlement has had to put it off."""
    return_url: Mapped[str] = mapped_column(String(2000), default="")
    language: Mapped[Short] = mapped_column(default="en")
    error_code: Mapped[Short] = mapped_column(default="")
    error_message: Mapped[Long] = mapped_column(default="")
    began: Mapped[float] = mapped_column(default_factory=time.time)

    payment: Mapped[LedgerPayment] = relationship(
        init=False, back_populates="attempts", lazy="joined"
    )

    @property
    def amount(self) -> Money:
        return Money(self.value, self.currency)

    @property
    def source(self) -> str:
        """What paid, for people: `Visa •••• 4242`."""
        name = self.brand or self.label
        return f"{name} •••• {self.last4}" if self.last4 else name

    @property
    def has_lapsed(self) -> bool:
        """Whether its buyer has waited for too long."""
        return self.status == "action_required" and 0 < self.expires < time.time()

    def for_provider(self, settings: Mapping[str, str], gateway_url: str) -> Attempt:
        return Attempt(
            id=self.id,
            payment=self.payment.for_provider(settings),
            method=self.method,
            amount=self.amount,
            instrument=Instrument(self.token, self.brand, self.last4),
            return_url=self.return_url,
            language=self.language,
            gateway_url=gateway_url,
            reference=self.reference,
        )


class LedgerEvent(Table, kw_only=True):
    """What has happened to an attempt: what the service said, what the portal was told."""

    __tablename__ = "gateway_event"

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    gateway_payment_id: Mapped[str] = mapped_column(ForeignKey("gateway_payment.id"), index=True)
    attempt_id: Mapped[Short]
    at: Mapped[float] = mapped_column(default_factory=time.time)
    """Seconds since the epoch."""
    text: Mapped[Long]


class LedgerShop(Table, kw_only=True):
    """A shop whose portal the gateway serves: `webhook` is encrypted, see portals.py."""

    __tablename__ = "gateway_shop"

    key: Mapped[Short] = mapped_column(primary_key=True)
    webhook: Mapped[Long]
    added: Mapped[float] = mapped_column(default_factory=time.time)


# What the settlement looks for all the time.
Index("gateway_attempt_due", LedgerAttempt.status, LedgerAttempt.due)

# The last word on every database: whatever runs at once, a payment is charged once.
Index(
    "gateway_attempt_one_charge",
    LedgerAttempt.gateway_payment_id,
    unique=True,
    sqlite_where=LedgerAttempt.status.in_(MONEY_AT_STAKE),
    postgresql_where=LedgerAttempt.status.in_(MONEY_AT_STAKE),
)


def lock_payment(session: Session, gateway_payment_id: str) -> LedgerPayment:
    """The payment with its attempts as they are now; no other transaction changes them meanwhile.

    On SQLite a write transaction has the whole database to itself, elsewhere the row is locked.
    """
    return session.get_one(
        LedgerPayment, gateway_payment_id, with_for_update=True, populate_existing=True
    )


def open_payment(store: Database, shop: str, seen: PortalPayment) -> LedgerPayment:
    """The payment for what the portal of a shop showed; the same one when asked again.

    Where money has been taken for it, nothing but `paid` changes any more.
    """
    same = (
        LedgerPayment.shop == shop,
        LedgerPayment.payment_id == seen.payment_id,
        LedgerPayment.pay_system_id == seen.pay_system_id,
    )
    payment = _read_payment(store, *same)
    if payment and not _has_changed(payment, seen):
        return _without_lapsed(store, payment)
    try:
        gateway_payment_id = _write_payment(store, shop, seen, same)
    except IntegrityError:  # written by somebody else in this moment
        gateway_payment_id = _write_payment(store, shop, seen, same)
    return find_payment(store, gateway_payment_id)


def _has_changed(payment: LedgerPayment, seen: PortalPayment) -> bool:
    known = (payment.value, payment.currency, payment.paid)
    return not payment.paid and known != (seen.value, seen.currency, seen.paid)


def _write_payment(
    store: Database, shop: str, seen: PortalPayment, same: Sequence[ColumnElement[bool]]
) -> str:
    with store.write() as session:
        found = session.scalar(select(LedgerPayment.id).where(*same))
        if found is None:
            payment = LedgerPayment(
                shop=shop,
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


def _read_payment(store: Database, *which: ColumnElement[bool]) -> LedgerPayment | None:
    """A payment and its attempts, in one statement."""
    found = select(LedgerPayment).where(*which).options(joinedload(LedgerPayment.attempts))
    with store.read() as session:
        return session.scalars(found).unique().one_or_none()


def offer(store: Database, gateway_payment_id: str, methods: Sequence[Method]) -> LedgerPayment:
    """Write down the ways to pay that a payment has now."""
    with store.write() as session:
        payment = lock_payment(session, gateway_payment_id)
        payment.methods = [asdict(each) for each in methods]
        return payment


def find_payment(store: Database, gateway_payment_id: str) -> LedgerPayment:
    """The payment as it is now. Raises ProblemError."""
    payment = _read_payment(store, LedgerPayment.id == gateway_payment_id)
    if payment is None:
        raise ProblemError(404, "payment_not_found", "This payment is not known.")
    return _without_lapsed(store, payment)


def _without_lapsed(store: Database, payment: LedgerPayment) -> LedgerPayment:
    """A payment whose attempts have ended where their buyer's time is over."""
    if any(attempt.has_lapsed for attempt in payment.attempts):
        with store.write() as session:
            payment = lock_payment(session, payment.id)
            for attempt in payment.attempts:
                if attempt.has_lapsed:
                    fail(attempt, "code_expired", cancel=True)
    return payment


def find_attempt(store: Database, attempt_id: str) -> LedgerAttempt:
    """Raises ProblemError."""
    with store.read() as session:
        attempt = session.get(LedgerAttempt, attempt_id)
    if attempt is None:
        raise ProblemError(404, "attempt_not_found", "This attempt is not known.")
    return attempt


def fail(attempt: LedgerAttempt, code: str, message: str = "", *, cancel: bool = False) -> None:
    """End an attempt. The buyer reads the message, by default the sentence of the code.

    With `cancel` the payment service has still to be told: it may have the money.
    """
    attempt.status, attempt.error_code = "failed", code
    attempt.error_message = message or reason(code)
    attempt.to_cancel, attempt.due, attempt.tries = cancel, 0.0, 0
