"""What the server remembers: payments, attempts to pay them, and notifications that were taken."""

import logging
import os
import sqlite3
import time
from typing import Any

from service import Outcome

SCHEMA = """
CREATE TABLE IF NOT EXISTS payments (id TEXT PRIMARY KEY, payment_id INTEGER, paysystem_id INTEGER,
  number TEXT, value TEXT, currency TEXT, paid INTEGER, UNIQUE (payment_id, paysystem_id));
CREATE TABLE IF NOT EXISTS attempts (reference TEXT PRIMARY KEY, payment TEXT, key TEXT, value TEXT,
  currency TEXT, status TEXT, reason TEXT, due REAL, tries INTEGER, UNIQUE (payment, key));
-- One attempt at most has, or may still get, the money of a payment.
CREATE UNIQUE INDEX IF NOT EXISTS one_charge ON attempts (payment)
  WHERE status IN ('processing', 'charged', 'settled');
CREATE TABLE IF NOT EXISTS notifications (id TEXT PRIMARY KEY);
"""
ANSWER = 60.0
"""Seconds after which the service is asked what became of a charge that it has not answered."""
CLAIM = 15.0
"""Seconds in which nobody else takes up an attempt; longer than a call of the portal may take."""

log = logging.getLogger("server")
db = sqlite3.connect(os.environ.get("DATABASE", "payments.db"))
db.row_factory = sqlite3.Row
db.executescript(f"PRAGMA journal_mode = WAL; {SCHEMA}")


def one(query: str, *values: object) -> Any:
    """The first row, or None. Writes are there when it returns."""
    with db:
        return db.execute(query, values).fetchone()


def save_payment(*values: object) -> sqlite3.Row:
    """ID, payment_id, paysystem_id, number, value, currency, paid: the same ID for the same two."""
    insert = """INSERT INTO payments VALUES (?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (payment_id, paysystem_id) DO UPDATE SET value = excluded.value,
        currency = excluded.currency, paid = excluded.paid RETURNING *"""
    with db:
        (saved,) = db.execute(insert, values).fetchall()
    return saved  # type: ignore[no-any-return]


def is_known(payment: sqlite3.Row, key: str) -> bool:
    """Whether there is an attempt with this Idempotency-Key."""
    return bool(one("SELECT 1 FROM attempts WHERE payment = ? AND key = ?", payment["id"], key))


def begin(reference: str, payment: sqlite3.Row, key: str) -> bool:
    """Write an attempt down, before the charge; False where another one is under way or paid."""
    insert = "INSERT OR IGNORE INTO attempts VALUES (?, ?, ?, ?, ?, 'processing', '', ?, 0)"
    values = (reference, payment["id"], key, payment["value"], payment["currency"])
    with db:
        return db.execute(insert, (*values, time.time() + ANSWER)).rowcount == 1


def record(reference: str, outcome: Outcome, notification: str | None = None) -> None:
    """Keep what the service says of an attempt; a notification's ID counts once."""
    status = "failed" if outcome.status == "declined" else outcome.status
    due = time.time() + 5 if status == "processing" else 0
    update = """UPDATE OR IGNORE attempts SET status = ?, reason = ?, due = ? WHERE reference = ?
        AND (status = 'processing' OR status = 'failed' AND ? = 'charged')"""
    with db:
        insert = "INSERT OR IGNORE INTO notifications VALUES (?)"
        if notification and not db.execute(insert, (notification,)).rowcount:
            return
        db.execute(update, (status, outcome.reason, due, reference, status))
    if status == "charged" and find_attempt(reference)["status"] == "failed":
        log.error("%s: charged, but another attempt has paid. Give the money back.", reference)


def find_attempt(reference: str) -> Any:
    return one("SELECT * FROM attempts WHERE reference = ?", reference)


def due() -> list[str]:
    """References of the attempts to be taken further now."""
    query = "SELECT reference FROM attempts WHERE status IN ('processing', 'charged') AND due <= ?"
    return [reference for (reference,) in db.execute(query, (time.time(),))]


def claim(reference: str) -> Any:
    """The attempt, if it is due: for a while it is this caller's and nobody else's."""
    update = """UPDATE attempts SET due = ?, tries = tries + 1 WHERE reference = ? AND due <= ?
        AND status IN ('processing', 'charged') RETURNING *"""
    now = time.time()
    with db:
        (claimed,) = db.execute(update, (now + CLAIM, reference, now)).fetchall() or [None]
    return claimed


def put_off(attempt: sqlite3.Row) -> None:
    """Twice as long each time, a minute at the most."""
    later = time.time() + min(2 ** attempt["tries"], 60)
    one("UPDATE attempts SET due = ? WHERE reference = ?", later, attempt["reference"])


def settle(reference: str) -> None:
    one("UPDATE attempts SET status = 'settled' WHERE reference = ?", reference)


def describe(payment: sqlite3.Row) -> dict[str, Any]:
    """A Payment as the API answers it."""
    status, reason = one(
        """SELECT status, reason FROM attempts WHERE payment = ?
        ORDER BY status = 'failed', rowid DESC""",
        payment["id"],
    ) or ("open", "")
    if payment["paid"] and status in ("open", "failed"):
        status = "settled"  # paid in another way
    return {
        "id": payment["id"],
        "status": {"charged": "processing", "settled": "paid"}.get(status, status),
        "amount": {"value": payment["value"], "currency": payment["currency"]},
        # TODO: the buyer's language, of Accept-Language, for this, the label and all sentences.
        "description": f"Payment {payment['number']}",
        "methods": [{"type": "card", "label": "Card"}],
        "action": None,
        "error": {"code": "declined", "message": reason} if status == "failed" else None,
    }
