"""The story of a payment, for whoever runs the gateway."""

from collections.abc import Sequence
from typing import Literal

from sqlalchemy import or_, select

from payframe.database import Database

from .attempts import TO_CANCEL, UNSETTLED
from .ledger import LedgerAttempt, LedgerEvent, LedgerPayment

Which = Literal["all", "unsettled"]


def list_payments(store: Database, which: Which, most: int) -> Sequence[LedgerPayment]:
    """The payments of which an attempt began last, first those of today."""
    began = select(LedgerPayment).join(LedgerAttempt).order_by(LedgerAttempt.began.desc())
    if which == "unsettled":
        began = began.where(or_(UNSETTLED, TO_CANCEL))
    with store.read() as session:
        return session.scalars(began.distinct().limit(most)).unique().all()


def find_payments(store: Database, text: str) -> Sequence[LedgerPayment]:
    """By the gateway's ID, the portal's, the printed number, or what the service calls it."""
    matches = [LedgerPayment.id == text, LedgerPayment.number == text]
    if text.isascii() and text.isdigit() and len(text) < 19:
        matches.append(LedgerPayment.payment_id == int(text))
    of_attempt = select(LedgerAttempt.gateway_payment_id).where(
        or_(LedgerAttempt.reference == text, LedgerAttempt.id == text)
    )
    with store.read() as session:
        found = select(LedgerPayment).where(or_(*matches, LedgerPayment.id.in_(of_attempt)))
        return session.scalars(found).unique().all()


def events(store: Database, gateway_payment_id: str) -> Sequence[LedgerEvent]:
    """What has happened to a payment, in order."""
    with store.read() as session:
        return session.scalars(
            select(LedgerEvent)
            .where(LedgerEvent.gateway_payment_id == gateway_payment_id)
            .order_by(LedgerEvent.id)
        ).all()
