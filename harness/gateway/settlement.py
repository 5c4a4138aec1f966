"""From a buyer's yes to a portal that knows: the amount is looked at, charged and reported."""

import logging
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import anyio
from anyio.abc import TaskGroup
from starlette.concurrency import run_in_threadpool

from ..store.database import Store
from . import attempts
from .ledger import Attempt, find_attempt
from .opening import look_again
from .portal_client import PortalClient, PortalRefusedError, PortalUnavailableError
from .problems import ProblemError

log = logging.getLogger("payframe.gateway")

FIRST_RETRY = 0.5
LAST_RETRY = 30.0
"""Seconds between two tries; doubled from the first to the last."""
LOOK = 5.0
"""Seconds after which the ledger is looked at again, whatever has been heard."""


@dataclass
class Trouble:
    """Why the settlement does not get on, and since when: seconds since the epoch."""

    text: str
    since: float


class Settlement:
    """Settles what the ledger holds; it outlives every error of the database and the portal."""

    def __init__(self, store: Store, portal: PortalClient, tasks: TaskGroup) -> None:
        self._store = store
        self._portal = portal
        self._tasks = tasks
        self._news = anyio.Event()
        self.claimed: set[str] = set()
        """IDs of the attempts that this settlement is at work on."""
        self.trouble: Trouble | None = None

    async def settle(self, attempt: Attempt) -> None:
        """Take an attempt that has just begun, or was just approved, as far as it will go now.

        What is left to do is done in the background.
        """
        if attempt.claimed_until:
            self.claimed.add(attempt.id)
            try:
                await self._advance(attempt)
                self.claimed.remove(attempt.id)
            except Exception as error:
                self._tell(error)
                self._tasks.start_soon(self._finish, attempt.id)
        self._news.set()

    async def run(self) -> None:
        """Take up whatever is due, for ever."""
        pause = FIRST_RETRY
        while True:
            self._news = anyio.Event()
            try:
                for attempt_id in await run_in_threadpool(attempts.claim_due, self._store):
                    self._tasks.start_soon(self._finish, attempt_id)
                due = await run_in_threadpool(attempts.next_due, self._store)
                wait = LOOK if due is None else min(max(0.0, due - time.time()), LOOK)
                self.trouble, pause = None, FIRST_RETRY
            except Exception as error:
                self._tell(error)
                wait, pause = pause, min(2 * pause, LAST_RETRY)
            with anyio.move_on_after(wait):
                await self._news.wait()

    async def _finish(self, attempt_id: str) -> None:
        """Take a claimed attempt as far as it will go, however long the database is away."""
        self.claimed.add(attempt_id)
        pause = FIRST_RETRY
        while True:
            try:
                await self._advance(await run_in_threadpool(find_attempt, self._store, attempt_id))
                break
            except Exception as error:
                self._tell(error)
            await anyio.sleep(pause)
            pause = min(2 * pause, LAST_RETRY)
        self.claimed.remove(attempt_id)
        self._news.set()

    def _tell(self, error: Exception) -> None:
        log.error("the settlement does not get on: %s", error)
        text = f"{type(error).__name__}: {error}"
        self.trouble = Trouble(text, self.trouble.since if self.trouble else time.time())

    async def _advance(self, attempt: Attempt) -> None:
        first_report = attempt.tries == 0
        if attempt.status == "processing":
            if not await self._may_charge(attempt):
                return
            attempt = await run_in_threadpool(attempts.charge, self._store, attempt.id)
            first_report = True
        if attempt.status == "charged":
            await self._report(attempt, first=first_report)

    async def _may_charge(self, attempt: Attempt) -> bool:
        """Whether the portal still asks for the very amount that the buyer agreed to."""
        try:
            now = await look_again(
                self._portal, self._store, attempt.payment, attempt.value, attempt.currency
            )
        except ProblemError as problem:
            if problem.code == "portal_unavailable":
                await self._put_off(attempt)
            elif problem.code == "payment_not_found":
                reason = "The shop no longer asks for this payment."
                await self._decline(attempt, problem.code, reason)
            else:
                await self._decline(attempt, problem.code, problem.detail)
            return False
        if now.paid:
            await self._decline(attempt, "paid_already", "This payment has been paid elsewhere.")
        return not now.paid

    async def _decline(self, attempt: Attempt, code: str, reason: str) -> None:
        log.warning("payment %s is not charged: %s", attempt.payment.number, reason)
        message = f"{reason} Nothing was charged."
        await run_in_threadpool(attempts.decline, self._store, attempt.id, code, message)

    async def _put_off(self, attempt: Attempt) -> None:
        await run_in_threadpool(attempts.put_off, self._store, attempt.id, FIRST_RETRY, LAST_RETRY)

    async def _report(self, attempt: Attempt, *, first: bool) -> None:
        """Tell the portal of the money. A yes settles, a no gives it back.

        After an earlier try the portal may know already, or have been paid by somebody else.
        """
        payment = attempt.payment
        try:
            paid_by = None if first else await self._portal.paid_by(payment.payment_id)
            if paid_by not in (None, payment.id):
                await self._give_back(
                    attempt, "paid_already", "This payment has been paid elsewhere."
                )
                return
            if paid_by is None:
                await self._portal.pay(
                    payment.payment_id,
                    payment.pay_system_id,
                    PS_INVOICE_ID=payment.id,
                    PS_STATUS_CODE="succeeded",
                    PS_STATUS_DESCRIPTION=attempt.source,
                    PS_SUM=attempt.value,
                    PS_CURRENCY=attempt.currency,
                    PS_CARD_NUMBER=attempt.last4 and f"**** {attempt.last4}",
                )
        except PortalUnavailableError as error:
            log.warning("payment %s is charged, the portal is not told: %s", payment.number, error)
            await self._put_off(attempt)
            return
        except PortalRefusedError as refusal:
            log.error("payment %s is refused by the portal: %s", payment.number, refusal)
            await self._give_back(
                attempt, "refused_by_shop", "The shop did not accept the payment."
            )
            return
        await run_in_threadpool(attempts.settle, self._store, attempt.id)
        log.info("payment %s is paid: %s", payment.number, attempt.source)

    async def _give_back(self, attempt: Attempt, code: str, reason: str) -> None:
        message = f"{reason} The money goes back to you."
        await run_in_threadpool(attempts.give_back, self._store, attempt.id, code, message)


@asynccontextmanager
async def settlement(store: Store, portal: PortalClient) -> AsyncIterator[Settlement]:
    """Takes up what an earlier run left unsettled; at the end, stops what still waits."""
    async with anyio.create_task_group() as tasks:
        settling = Settlement(store, portal, tasks)
        tasks.start_soon(settling.run)
        yield settling
        tasks.cancel_scope.cancel()
    if settling.claimed:
        attempts.release(store, settling.claimed)
