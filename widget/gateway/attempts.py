"""How an attempt goes from one status to the next: each step a transaction of its own.

    starting -> action_required -> processing -> authorized -> charged -> settled
        |              |               |             |            |
        +--------------+---------------+-------------+------------+----> failed

Steps may be left out: a service may have the money at once. Every one locks the payment first, and
does nothing where somebody else has been faster.
"""

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import object_session

from payframe.database import Database

from .actions import as_json
from .ledger import (
    LedgerAttempt,
    LedgerEvent,
    LedgerPayment,
    fail,
    find_payment,
    lock_payment,
)
from .problems import ProblemError
from .provider import (
    ActionRequired,
    Authorized,
    Charged,
    Declined,
    Instrument,
    Method,
    Outcome,
    Processing,
)
from .reasons import reason

CLAIM = 90.0
"""Seconds after which an attempt whose settlement has died is taken up by another. What is done in
one go takes a call of the payment service and three of the portal at the most."""
CLAIMED_AT_ONCE = 20
MOST_TRIES = 30
"""Attempts of a payment within an hour: who tries more cards than that is not a buyer."""
HOUR = 3600.0
TOO_MANY = "There have been too many tries. Please try again in an hour."
LOOK_AGAIN = 10.0
LAST_LOOK = 900.0
"""Seconds between two looks at an attempt that waits for buyer or service: from the first to the
last they double."""
OPEN = ("starting", "action_required", "processing", "authorized")
"""Statuses in which an outcome of the service still counts."""
UNSETTLED = LedgerAttempt.status.in_(("starting", "processing", "authorized", "charged"))
TO_CANCEL = and_(LedgerAttempt.status == "failed", LedgerAttempt.to_cancel)
TO_DO: ColumnElement[bool] = or_(UNSETTLED, TO_CANCEL, LedgerAttempt.status == "action_required")


@dataclass(frozen=True)
class Intent:
    """How a buyer has chosen to pay. `key` is the page's: the same one is the same intent.

    `language` is a BCP 47 tag.
    """

    key: str
    method: Method
    instrument: Instrument
    return_url: str
    language: str


def is_begun(payment: LedgerPayment, intent: Intent) -> bool:
    """Whether an intent has an attempt already. Raises ProblemError for a key of another one."""
    for attempt in payment.attempts:
        if attempt.idempotency_key == intent.key:
            if (attempt.method, attempt.last4) != (intent.method.type, intent.instrument.last4):
                raise ProblemError(
                    422,
                    "idempotency_key_reused",
                    "This Idempotency-Key belongs to another attempt.",
                )
            return True
    return False


def begin_attempt(store: Database, payment: LedgerPayment, intent: Intent) -> LedgerAttempt | None:
    """Write down an attempt to pay a payment as it has just been looked at.

    None where there is nothing to do: begun before, or paid. An attempt that waits for the buyer is
    given up for a new one. The new one is the caller's to start. Raises ProblemError.
    """
    try:
        return _write_attempt(store, payment, intent)
    except IntegrityError:  # another one has begun in this moment: its answer counts
        if not is_begun(find_payment(store, payment.id), intent):
            raise _in_progress() from None
        return None


def _write_attempt(store: Database, seen: LedgerPayment, intent: Intent) -> LedgerAttempt | None:
    with store.write() as session:
        payment = lock_payment(session, seen.id)
        if is_begun(payment, intent) or payment.paid:
            return None
        if payment.status == "processing":
            raise _in_progress()
        if sum(each.began > time.time() - HOUR for each in payment.attempts) >= MOST_TRIES:
            raise ProblemError(403, "too_many_attempts", TOO_MANY)
        for other in payment.attempts:
            if other.status == "action_required":
                fail(other, "abandoned", cancel=True)
                _note(other, "given up for another attempt")
        new = LedgerAttempt(
            gateway_payment_id=payment.id,
            idempotency_key=intent.key,
            method=intent.method.type,
            label=intent.method.label,
            value=seen.value,
            currency=seen.currency,
            return_url=intent.return_url,
            language=intent.language,
            claimed_until=time.time() + CLAIM,
            **asdict(intent.instrument),
        )
        payment.attempts.append(new)
        _note(new, f"begun: {new.source}, {new.value} {new.currency}")
        return new


def _in_progress() -> ProblemError:
    return ProblemError(409, "attempt_in_progress", "This payment is being processed already.")


@contextmanager
def _locked(store: Database, seen: LedgerAttempt, text: str = "") -> Iterator[LedgerAttempt]:
    """An attempt as it is now, for nobody else to change; `text` goes into its history.

    Once an attempt is begun, all that becomes of it is found out again where it is lost: by asking
    the service, and the portal.
    """
    with store.write(soon=True) as session:
        payment = lock_payment(session, seen.gateway_payment_id)
        attempt = next(each for each in payment.attempts if each.id == seen.id)
        if text:
            _note(attempt, text)
        yield attempt


def _note(attempt: LedgerAttempt, text: str) -> None:
    """Into the history of an attempt that is being changed."""
    session = object_session(attempt)
    assert session
    session.add(
        LedgerEvent(gateway_payment_id=attempt.gateway_payment_id, attempt_id=attempt.id, text=text)
    )


def record(store: Database, seen: LedgerAttempt, outcome: Outcome) -> LedgerAttempt:
    """Write down how the service says that an attempt stands.

    What has money stays so, whatever is said later; money for an attempt that has ended is to go
    back.
    """
    with _locked(store, seen) as attempt:
        before = attempt.status
        attempt.looked = time.time()
        attempt.reference = outcome.reference or attempt.reference
        if before == "failed" and isinstance(outcome, Charged | Authorized):
            attempt.to_cancel, attempt.due = True, 0.0
            _note(attempt, "the service has money for it: it is to go back")
        elif before in OPEN:
            _follow(attempt, outcome)
        if attempt.status != before:
            attempt.tries = 0
            _note(attempt, f"the service says: {_said(outcome)}")
            if attempt.status == "charged":
                attempt.claimed_until = time.time() + CLAIM  # as in `hold`: the one who asked tells
        return attempt


def _follow(attempt: LedgerAttempt, outcome: Outcome) -> None:
    """The status that an outcome leads to."""
    now = time.time()
    match outcome:
        case Charged(amount) | Authorized(amount) if not amount.equals(attempt.amount):
            fail(attempt, "wrong_amount", _given_back("wrong_amount"), cancel=True)
        case Charged():
            attempt.status = "charged"
        case Authorized():
            attempt.status = "authorized"
        case Declined(code, message):
            fail(attempt, code, reason(code, message))
        case ActionRequired(action, seconds) if attempt.status != "action_required":
            attempt.status, attempt.action = "action_required", as_json(action)
            attempt.expires = now + seconds if seconds else 0.0
            attempt.due = now + LOOK_AGAIN
        case Processing(seconds) if attempt.status != "processing":
            attempt.status, attempt.due = "processing", now + seconds


def _said(outcome: Outcome) -> str:
    """An outcome in words, for the history."""
    match outcome:
        case Charged(amount):
            return f"charged {amount.value} {amount.currency}"
        case Authorized(amount):
            return f"authorized {amount.value} {amount.currency}"
        case Declined(code):
            return f"declined ({code})"
        case ActionRequired(action):
            return f"the buyer is to act ({type(action).__name__})"
        case Processing():
            return "processing"


def hold(store: Database, seen: LedgerAttempt) -> LedgerAttempt | None:
    """A charged attempt, claimed anew by who is about to tell the portal of its money.

    None where another worker has told of it or given it back. Until the claim runs out none can:
    `give_back` takes nothing that has been claimed anew since it was seen.
    """
    with _locked(store, seen) as attempt:
        if attempt.status != "charged":
            return None
        attempt.claimed_until = time.time() + CLAIM
        return attempt


def settle(store: Database, seen: LedgerAttempt) -> None:
    """The portal knows that the payment is paid."""
    with _locked(store, seen, "the portal knows that it is paid") as attempt:
        attempt.status = "settled"
        attempt.payment.paid = True


def refuse(store: Database, seen: LedgerAttempt, code: str, message: str) -> LedgerAttempt:
    """Money that is reserved is not taken, and let go, unless another worker has taken it."""
    with _locked(store, seen) as attempt:
        if attempt.status == "authorized":
            _note(attempt, f"not charged: {message}")
            fail(attempt, code, f"{message} Nothing was charged.", cancel=True)
        return attempt


def give_back(store: Database, seen: LedgerAttempt, code: str) -> LedgerAttempt:
    """The money of a charged attempt goes back, unless another worker tells the portal of it."""
    with _locked(store, seen) as attempt:
        if attempt.status == "charged" and attempt.claimed_until == seen.claimed_until:
            _note(attempt, f"the money goes back: {reason(code)}")
            fail(attempt, code, _given_back(code), cancel=True)
        return attempt


def _given_back(code: str) -> str:
    return f"{reason(code)} The money goes back to you."


def cancelled(store: Database, seen: LedgerAttempt) -> None:
    """The service knows that a failed attempt is over."""
    with _locked(store, seen, "the service knows that it is over") as attempt:
        attempt.to_cancel, attempt.claimed_until = False, 0.0


def put_off(
    store: Database, seen: LedgerAttempt, first: float, last: float, text: str = ""
) -> LedgerAttempt:
    """Try again later: after `first` seconds, then twice as long each time, `last` at the most.

    `text` says why, for the history.
    """
    with _locked(store, seen, text) as attempt:
        attempt.due = time.time() + min(first * 2**attempt.tries, last)
        attempt.tries = min(attempt.tries + 1, 30)
        attempt.claimed_until = 0.0
        return attempt


def claim(store: Database, attempt_id: str) -> bool:
    """Whether an attempt, at which nobody else works, is now this caller's for a while."""
    now = time.time()
    with store.write() as session:
        free = (
            select(LedgerAttempt.id)
            .where(LedgerAttempt.id == attempt_id, LedgerAttempt.claimed_until <= now)
            .with_for_update(skip_locked=True)
        )
        found = session.scalar(free)
        if found:
            session.execute(_claimed([found], now + CLAIM))
        return found is not None


def claim_due(store: Database) -> list[str]:
    """The attempts to be taken up now: for a while they are this caller's, and no other's."""
    now = time.time()
    with store.write() as session:
        due = (
            select(LedgerAttempt.id)
            .where(TO_DO, LedgerAttempt.due <= now, LedgerAttempt.claimed_until <= now)
            .order_by(LedgerAttempt.due)
            .limit(CLAIMED_AT_ONCE)
            .with_for_update(skip_locked=True)
        )
        claimed = list(session.scalars(due))
        if claimed:
            session.execute(_claimed(claimed, now + CLAIM))
        return claimed


def hurry(store: Database, gateway_payment_id: str) -> int:
    """Whoever settles takes up at once what is left to do for a payment; how many attempts."""
    with store.write() as session:
        left = update(LedgerAttempt).where(
            TO_DO, LedgerAttempt.gateway_payment_id == gateway_payment_id
        )
        return session.execute(left.values(due=0.0)).rowcount  # type: ignore[attr-defined, no-any-return]


def _claimed(attempt_ids: Iterable[str], until: float) -> Any:
    return (
        update(LedgerAttempt).where(LedgerAttempt.id.in_(attempt_ids)).values(claimed_until=until)
    )


def next_due(store: Database) -> float | None:
    """When the next attempt is to be taken up; None for none. Seconds since the epoch."""
    due, claimed = LedgerAttempt.due, LedgerAttempt.claimed_until
    with store.read() as session:
        first: float | None = session.scalar(
            select(func.min(case((due > claimed, due), else_=claimed))).where(TO_DO)
        )
        return first


def release(store: Database, attempt_ids: Iterable[str]) -> None:
    """Whoever comes next takes them up at once."""
    with store.write() as session:
        session.execute(_claimed(attempt_ids, 0.0))


def count_unsettled(store: Database) -> tuple[int, float | None]:
    """How many attempts have money at stake that the portal does not know of, and since when."""
    with store.read() as session:
        count, since = session.execute(
            select(func.count(), func.min(LedgerAttempt.began)).where(UNSETTLED)
        ).one()
        return count, since
