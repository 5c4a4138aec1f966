"""From a buyer's yes to a portal that knows: the service is asked, and the money reported."""

import logging
import math
import re
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

import anyio
from anyio.abc import TaskGroup
from starlette.concurrency import run_in_threadpool

from . import attempts
from .ledger import LedgerAttempt, LedgerPayment, find_attempt, find_payment
from .opening import look_again
from .portal_client import PortalRefusedError, PortalUnavailableError
from .problems import ProblemError
from .provider import Attempt, Declined, Outcome, RefusedError
from .reasons import reason
from .service import Gateway

log = logging.getLogger("payframe.gateway")
Answer = TypeVar("Answer")

FIRST_RETRY = 0.5
LAST_RETRY = 30.0
"""Seconds between two tries; doubled from the first to the last."""
IDLE = 5.0
"""Seconds after which the ledger is looked at again, whatever has been heard."""
PROVIDER_TIMEOUT = 30.0
"""Seconds that one call of a provider may take."""


@dataclass
class Trouble:
    """Why the settlement does not get on, and since when: seconds since the epoch."""

    text: str
    since: float


class NoAnswerError(Exception):
    """Neither a yes nor a no: to be asked again."""


class UnknownSettings(Mapping[str, str]):
    """The shop's settings where its portal is away, or has deleted the order.

    A provider that needs none of them goes on.
    """

    def __init__(self, error: PortalUnavailableError | PortalRefusedError) -> None:
        self._error = error

    def __getitem__(self, _code: str) -> str:
        raise self._error

    def __iter__(self) -> Iterator[str]:
        raise self._error

    def __len__(self) -> int:
        raise self._error


class Settlement:
    """Settles what the ledger holds; it outlives every error of database, portal and service."""

    def __init__(self, gateway: Gateway, tasks: TaskGroup) -> None:
        self._gateway = gateway
        self._store = gateway.store
        self._shops = gateway.shops
        self._provider = gateway.provider
        self._tasks = tasks
        self._news = anyio.Event()
        self._wakes = math.inf
        """When the ledger is looked at again; seconds since the epoch."""
        self.claimed: set[str] = set()
        """IDs of the attempts that this settlement is at work on."""
        self.trouble: Trouble | None = None

    async def begin(
        self, payment: LedgerPayment, intent: attempts.Intent, data: Mapping[str, Any]
    ) -> LedgerPayment:
        """Begin an attempt, take it as far as it will go now, and say how the payment is then.

        What is left to do is done in the background. `data` is the buyer's, and written nowhere.
        Raises ProblemError.
        """
        begun = await run_in_threadpool(attempts.begin_attempt, self._store, payment, intent)
        if begun is not None:
            if any(each.to_cancel for each in begun.payment.attempts):  # given up for this one
                self._news.set()
            await self._work(begun, data)
        return await run_in_threadpool(find_payment, self._store, payment.id)

    async def look(self, attempt_id: str) -> None:
        """The service may have news of an attempt: ask it, unless somebody does so already."""
        if await run_in_threadpool(attempts.claim, self._store, attempt_id):
            attempt = await run_in_threadpool(find_attempt, self._store, attempt_id)
            await self._work(attempt, has_news=True)

    async def run(self) -> None:
        """Take up whatever is due, for ever."""
        pause = FIRST_RETRY
        while True:
            self._news, self._wakes = anyio.Event(), math.inf
            try:
                for attempt_id in await run_in_threadpool(attempts.claim_due, self._store):
                    self._tasks.start_soon(self._finish, attempt_id)
                due = await run_in_threadpool(attempts.next_due, self._store)
                wait = IDLE if due is None else min(max(0.0, due - time.time()), IDLE)
                self.trouble, pause = None, FIRST_RETRY
            except Exception as error:
                self._tell(error)
                wait, pause = pause, min(2 * pause, LAST_RETRY)
            self._wakes = time.time() + wait
            with anyio.move_on_after(wait):
                await self._news.wait()

    def _wake_for(self, attempt: LedgerAttempt) -> None:
        """Whoever waits for the next attempt that is due learns of one that is due earlier.

        To look is to search the ledger: a payment that is done is no reason for it.
        """
        if attempt.due < self._wakes:
            self._news.set()

    async def _work(
        self,
        attempt: LedgerAttempt,
        data: Mapping[str, Any] | None = None,
        *,
        has_news: bool = False,
    ) -> None:
        self.claimed.add(attempt.id)
        try:
            await self._advance(attempt, data, has_news=has_news)
            self.claimed.discard(attempt.id)
        except Exception as error:
            self._tell(error)
            self._tasks.start_soon(self._finish, attempt.id)

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
        self.claimed.discard(attempt_id)

    def _tell(self, error: Exception) -> None:
        log.error("the settlement does not get on: %s", error)
        text = f"{type(error).__name__}: {error}"
        self.trouble = Trouble(text, self.trouble.since if self.trouble else time.time())

    async def _advance(
        self,
        attempt: LedgerAttempt,
        data: Mapping[str, Any] | None = None,
        *,
        has_news: bool = False,
    ) -> None:
        """From one status to the next, until there is something to wait for.

        An attempt that has failed is looked at where there are news: money may have come after all.
        """
        portal_is_known = data is not None  # it has been looked at right before
        before = attempt.status
        waits = before in ("starting", "action_required", "processing")
        if waits or (before == "failed" and has_news):
            ask = self._provider.look if data is None else partial(self._start, data)
            try:
                attempt = await self._ask(attempt, ask)
            except NoAnswerError as error:
                await self._put_off(attempt, error)
                return
            if waits and attempt.status == before and not await self._has_lapsed(attempt):
                await self._look_later(attempt)
                return
        if attempt.status == "authorized":
            try:
                if not await self._may_charge(attempt):
                    return
                attempt = await self._ask(attempt, self._provider.capture)
                if attempt.status == "authorized":
                    raise NoAnswerError("the money is still only reserved")
            except NoAnswerError as error:
                await self._put_off(attempt, error)
                return
            portal_is_known = True
        if attempt.status == "charged":
            await self._report(attempt, portal_is_known=portal_is_known)
        elif attempt.status == "failed" and attempt.to_cancel:
            await self._cancel(attempt)
        else:
            await run_in_threadpool(attempts.release, self._store, [attempt.id])
            if attempt.status in attempts.OPEN:
                self._wake_for(attempt)

    async def _start(self, data: Mapping[str, Any], attempt: Attempt) -> Outcome:
        return await self._provider.start(attempt, data)

    async def _ask(
        self, attempt: LedgerAttempt, ask: Callable[[Attempt], Awaitable[Outcome]]
    ) -> LedgerAttempt:
        """The attempt after what the service says of it. Raises NoAnswerError."""
        try:
            outcome = await self._call(attempt, ask)
        except RefusedError as refusal:
            outcome = Declined(refusal.code, refusal.message)
        return await run_in_threadpool(attempts.record, self._store, attempt, outcome)

    async def _call(
        self, attempt: LedgerAttempt, ask: Callable[[Attempt], Awaitable[Answer]]
    ) -> Answer:
        """Raises NoAnswerError, and RefusedError as the provider does."""
        payment = attempt.payment
        try:
            settings = await self.settings(payment)
            with anyio.fail_after(PROVIDER_TIMEOUT):
                return await ask(attempt.for_provider(settings, self._gateway.url))
        except RefusedError:
            raise
        except Exception as error:
            cause = _without_cards(f"{type(error).__name__}: {error}")
            log.warning("payment %s: no answer: %s", payment.number, cause, extra=about(attempt))
            raise NoAnswerError(cause) from error

    async def settings(self, payment: LedgerPayment) -> Mapping[str, str]:
        """The shop's settings for a payment, a minute old at the most."""
        portal = await self._shops.client(payment.shop)
        try:
            return await portal.settings(payment.payment_id, payment.pay_system_id)
        except (PortalUnavailableError, PortalRefusedError) as error:
            return UnknownSettings(error)

    async def _has_lapsed(self, attempt: LedgerAttempt) -> bool:
        """Whether the buyer's time is over, which is then written down."""
        if attempt.has_lapsed:
            await run_in_threadpool(find_payment, self._store, attempt.gateway_payment_id)
        return attempt.has_lapsed

    async def _may_charge(self, attempt: LedgerAttempt) -> bool:
        """Whether the portal still asks for the very amount that the buyer agreed to.

        Raises NoAnswerError.
        """
        try:
            now = await look_again(self._gateway, attempt.payment, attempt.amount)
        except ProblemError as problem:
            if problem.code == "portal_unavailable":
                raise NoAnswerError(problem.detail) from problem
            await self._refuse(attempt, problem.code, reason(problem.code, problem.detail))
            return False
        if now.paid:
            await self._refuse(attempt, "paid_already", reason("paid_already"))
        return not now.paid

    async def _refuse(self, attempt: LedgerAttempt, code: str, text: str) -> None:
        log.warning(
            "payment %s is not charged: %s", attempt.payment.number, text, extra=about(attempt)
        )
        now = await run_in_threadpool(attempts.refuse, self._store, attempt, code, text)
        if now.to_cancel:
            await self._cancel(now)

    async def _put_off(self, attempt: LedgerAttempt, error: Exception) -> None:
        text = f"to be tried again: {error}" if attempt.tries == 0 else ""
        await self._try_later(attempt, FIRST_RETRY, LAST_RETRY, text)

    async def _look_later(self, attempt: LedgerAttempt) -> None:
        await self._try_later(attempt, attempts.LOOK_AGAIN, attempts.LAST_LOOK)

    async def _try_later(
        self, attempt: LedgerAttempt, first: float, last: float, text: str = ""
    ) -> None:
        later = await run_in_threadpool(attempts.put_off, self._store, attempt, first, last, text)
        self._wake_for(later)

    async def _report(self, attempt: LedgerAttempt, *, portal_is_known: bool) -> None:
        """Tell the portal of the money. A yes settles, a no gives it back.

        Unless it has just been looked at, the portal may know already, ask for another amount, or
        have been paid by somebody else.
        """
        payment = attempt.payment
        try:
            portal = await self._shops.client(payment.shop)
            paid_by = None if portal_is_known else await portal.paid_by(payment.payment_id)
            if paid_by not in (None, payment.id):
                await self._give_back(attempt, "paid_already")
                return
            if paid_by is None:
                if not portal_is_known:
                    await look_again(self._gateway, payment, attempt.amount)
                    held = await run_in_threadpool(attempts.hold, self._store, attempt)
                    if held is None:
                        return
                    attempt = held
                await portal.pay(
                    payment.payment_id,
                    payment.pay_system_id,
                    PS_INVOICE_ID=payment.id,
                    PS_STATUS_CODE="succeeded",
                    PS_STATUS_DESCRIPTION=attempt.source,
                    PS_SUM=attempt.value,
                    PS_CURRENCY=attempt.currency,
                    PS_CARD_NUMBER=attempt.last4 and f"**** {attempt.last4}",
                )
                # Where somebody has paid it since it was looked at, this changed nothing, and the
                # answer was the same.
                if await portal.paid_by(payment.payment_id) not in (None, payment.id):
                    await self._give_back(attempt, "paid_already")
                    return
        except PortalUnavailableError as error:
            log.warning(
                "payment %s is charged, the portal is not told: %s",
                payment.number,
                error,
                extra=about(attempt),
            )
            await self._put_off(attempt, error)
            return
        except PortalRefusedError as refusal:
            log.error(
                "payment %s is refused by the portal: %s",
                payment.number,
                refusal,
                extra=about(attempt),
            )
            await self._give_back(attempt, "refused_by_shop")
            return
        except ProblemError as problem:
            if problem.code == "portal_unavailable":
                await self._put_off(attempt, problem)
            else:
                await self._give_back(attempt, problem.code)
            return
        await run_in_threadpool(attempts.settle, self._store, attempt)
        log.info("payment %s is paid: %s", payment.number, attempt.source, extra=about(attempt))

    async def _give_back(self, attempt: LedgerAttempt, code: str) -> None:
        now = await run_in_threadpool(attempts.give_back, self._store, attempt, code)
        if now.to_cancel:
            log.error(
                "payment %s: the money goes back: %s",
                attempt.payment.number,
                code,
                extra=about(attempt),
            )
            await self._cancel(now)

    async def _cancel(self, attempt: LedgerAttempt) -> None:
        """Tell the service that an attempt is over."""
        try:
            await self._call(attempt, self._provider.cancel)
        except (NoAnswerError, RefusedError) as error:
            await self._put_off(attempt, error)
            return
        await run_in_threadpool(attempts.cancelled, self._store, attempt)


def about(attempt: LedgerAttempt) -> dict[str, str]:
    """What a line of the log is about, for programs."""
    return {"payment": attempt.gateway_payment_id, "attempt": attempt.id}


def _without_cards(text: str) -> str:
    """What a provider's error says, without what might be a card's number."""
    return re.sub(r"\d(?:[ -]?\d){11,}", "…", text)


@asynccontextmanager
async def settlement(gateway: Gateway) -> AsyncIterator[Settlement]:
    """Takes up what an earlier run left unsettled; at the end, stops what still waits."""
    async with anyio.create_task_group() as tasks:
        settling = Settlement(gateway, tasks)
        tasks.start_soon(settling.run)
        yield settling
        tasks.cancel_scope.cancel()
    if settling.claimed:
        attempts.release(gateway.store, settling.claimed)
