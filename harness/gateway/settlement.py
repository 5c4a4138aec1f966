"""Telling the portal that the money is there, until it knows."""

import logging
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import anyio
from anyio.abc import TaskGroup
from starlette.concurrency import run_in_threadpool

from ..store.database import Store
from . import ledger
from .portal import Portal, PortalRefused, PortalUnavailable

log = logging.getLogger("payframe.gateway")

FIRST_RETRY = 0.5
LAST_RETRY = 30.0
"""Seconds between two tries to reach the portal; doubled from the first to the last."""


class Settlement:
    """Settles attempts, each in a task of its own."""

    def __init__(self, store: Store, portal: Portal, tasks: TaskGroup) -> None:
        self._store = store
        self._portal = portal
        self._tasks = tasks

    async def settle(self, attempt: ledger.Attempt) -> None:
        """Settle at once where the money is there; else, or if that fails, in the background."""
        if attempt.status == "charged" and await self._told(attempt):
            return
        if attempt.status in ("charged", "processing"):
            self.settle_later(attempt.id)

    def settle_later(self, attempt_id: str) -> None:
        self._tasks.start_soon(self._until_told, attempt_id)

    async def _until_told(self, attempt_id: str) -> None:
        attempt = await run_in_threadpool(ledger.find_attempt, self._store, attempt_id)
        await anyio.sleep(max(0.0, attempt.due - time.time()))
        attempt = await run_in_threadpool(ledger.charge, self._store, attempt_id)
        pause = FIRST_RETRY
        while not await self._told(attempt):
            await anyio.sleep(pause)
            pause = min(2 * pause, LAST_RETRY)

    async def _told(self, attempt: ledger.Attempt) -> bool:
        """Whether the portal has given its answer. A yes settles, a no gives the money back."""
        payment = attempt.payment
        try:
            await self._portal.pay(
                payment.payment_id,
                payment.pay_system_id,
                PS_INVOICE_ID=payment.id,
                PS_STATUS_CODE="succeeded",
                PS_STATUS_DESCRIPTION=attempt.source,
                PS_SUM=payment.value,
                PS_CURRENCY=payment.currency,
                PS_CARD_NUMBER=attempt.last4 and f"**** {attempt.last4}",
            )
        except PortalUnavailable as error:
            log.warning("payment %s is charged, the portal is not told: %s", payment.number, error)
            return False
        except PortalRefused as refusal:
            log.error("payment %s is refused by the portal: %s", payment.number, refusal)
            await run_in_threadpool(ledger.refuse, self._store, attempt.id)
            return True
        await run_in_threadpool(ledger.settle, self._store, attempt.id)
        log.info("payment %s is paid: %s", payment.number, attempt.source)
        return True


@asynccontextmanager
async def settlement(store: Store, portal: Portal) -> AsyncIterator[Settlement]:
    """Takes up what an earlier run left unsettled; at the end, stops what still waits."""
    async with anyio.create_task_group() as tasks:
        settling = Settlement(store, portal, tasks)
        for attempt_id in await run_in_threadpool(ledger.unsettled, store):
            settling.settle_later(attempt_id)
        yield settling
        tasks.cancel_scope.cancel()
