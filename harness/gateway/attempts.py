"""How an attempt goes from one status to the next: each step a transaction of its own.

    action_required -> processing -> charged -> settled
           |               |            |
           +---------------+------------+----> failed

Every step locks the payment first, and does nothing where somebody else has been faster.
"""

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError

from ..store.database import Store
from .ledger import Attempt, GatewayPayment, fail, find_payment, lock_payment
from .problems import ProblemError

CLAIM = 45.0
"""Seconds after which an attempt whose settlement has died is taken up by another. What is done in
one go takes three calls of the portal at the most."""
CLAIMED_AT_ONCE = 20
UNSETTLED = Attempt.status.in_(("processing", "charged"))


def same_intent(payment: GatewayPayment, key: str, method: str, last4: str) -> bool:
    """Whether this attempt has been made already. Raises ProblemError for a key of another one."""
    for attempt in payment.attempts:
        if attempt.idempotency_key == key:
            if (attempt.method, attempt.last4) != (method, last4):
                raise ProblemError(
                    422,
                    "idempotency_key_reused",
                    "This Idempotency-Key belongs to another attempt.",
                )
            return True
    return False


def begin_attempt(store: Store, gateway_payment_id: str, attempt: dict[str, Any]) -> Attempt | None:
    """Write down an attempt, or None where there is nothing to do: made before, or paid.

    An attempt that waits for the buyer is given up for a new one. A new one that has, or is to
    get, the money is the caller's to settle. Raises ProblemError.
    """
    try:
        return _write_attempt(store, gateway_payment_id, attempt)
    except IntegrityError:  # another one has begun in this moment: its answer counts
        payment = find_payment(store, gateway_payment_id)
        if not _is_made(payment, attempt):
            raise _in_progress() from None
        return None


def _write_attempt(
    store: Store, gateway_payment_id: str, attempt: dict[str, Any]
) -> Attempt | None:
    with store.write() as session:
        payment = lock_payment(session, gateway_payment_id)
        if _is_made(payment, attempt) or payment.paid:
            return None
        if payment.status == "processing":
            raise _in_progress()
        for other in payment.attempts:
            if other.status == "action_required":
                fail(other, "abandoned", "The payment was not confirmed.")
        new = Attempt(gateway_payment_id=gateway_payment_id, **attempt)
        if new.status == "charged":
            new.claimed_until = time.time() + CLAIM
        session.add(new)
        return new


def _is_made(payment: GatewayPayment, attempt: dict[str, Any]) -> bool:
    return same_intent(
        payment, attempt["idempotency_key"], attempt["method"], attempt.get("last4", "")
    )


def _in_progress() -> ProblemError:
    return ProblemError(409, "attempt_in_progress", "This payment is being processed already.")


@contextmanager
def _locked(store: Store, attempt_id: str) -> Iterator[Attempt]:
    with store.write() as session:
        payment_id = select(Attempt.gateway_payment_id).where(Attempt.id == attempt_id)
        payment = lock_payment(session, session.scalars(payment_id).one())
        yield next(each for each in payment.attempts if each.id == attempt_id)


def answer_challenge(store: Store, attempt_id: str, *, approved: bool) -> Attempt:
    """The buyer's answer; only the first one to an attempt that waits for it counts.

    After a yes the attempt is the caller's to settle.
    """
    with _locked(store, attempt_id) as attempt:
        if attempt.status == "action_required" and not attempt.has_lapsed:
            if attempt.payment.paid:
                fail(attempt, "paid_already", "The payment had been paid already.")
            elif approved:
                attempt.status = "processing"
                attempt.claimed_until = time.time() + CLAIM
            else:
                fail(attempt, "not_confirmed", "The payment was not confirmed.")
        return attempt


def charge(store: Store, attempt_id: str) -> Attempt:
    """A processing attempt gets the money."""
    with _locked(store, attempt_id) as attempt:
        if attempt.status == "processing":
            attempt.status = "charged"
        return attempt


def settle(store: Store, attempt_id: str) -> None:
    """The portal knows that the payment is paid."""
    with _locked(store, attempt_id) as attempt:
        attempt.status = "settled"
        attempt.payment.paid = True


def decline(store: Store, attempt_id: str, code: str, message: str) -> None:
    """A processing attempt gets no money."""
    with _locked(store, attempt_id) as attempt:
        if attempt.status == "processing":
            fail(attempt, code, message)


def give_back(store: Store, attempt_id: str, code: str, message: str) -> None:
    """The money of a charged attempt goes back to the buyer."""
    with _locked(store, attempt_id) as attempt:
        if attempt.status == "charged":
            fail(attempt, code, message)


def put_off(store: Store, attempt_id: str, first: float, last: float) -> None:
    """Try again later: after `first` seconds, then twice as long each time, `last` at the most."""
    with _locked(store, attempt_id) as attempt:
        attempt.due = time.time() + min(first * 2**attempt.tries, last)
        attempt.tries = min(attempt.tries + 1, 30)
        attempt.claimed_until = 0.0


def claim_due(store: Store) -> list[str]:
    """The attempts to be settled now: for a while they are this caller's, and no other's."""
    now = time.time()
    with store.write() as session:
        due = (
            select(Attempt.id)
            .where(UNSETTLED, Attempt.due <= now, Attempt.claimed_until <= now)
            .order_by(Attempt.due)
            .limit(CLAIMED_AT_ONCE)
            .with_for_update(skip_locked=True)
        )
        claimed = list(session.scalars(due))
        if claimed:
            session.execute(
                update(Attempt).where(Attempt.id.in_(claimed)).values(claimed_until=now + CLAIM)
            )
        return claimed


def next_due(store: Store) -> float | None:
    """When the next attempt is to be settled; None where there is none. Seconds since the epoch."""
    with store.read() as session:
        rows = session.execute(select(Attempt.due, Attempt.claimed_until).where(UNSETTLED))
        return min((max(due, claimed) for due, claimed in rows), default=None)


def release(store: Store, attempt_ids: Iterable[str]) -> None:
    """Whoever comes next takes them up at once."""
    with store.write() as session:
        claimed = update(Attempt).where(Attempt.id.in_(attempt_ids), UNSETTLED)
        session.execute(claimed.values(claimed_until=0.0))


def count_unsettled(store: Store) -> tuple[int, float | None]:
    """How many attempts have money at stake that the portal does not know of, and since when."""
    with store.read() as session:
        count, since = session.execute(
            select(func.count(), func.min(Attempt.began)).where(UNSETTLED)
        ).one()
        return count, since
