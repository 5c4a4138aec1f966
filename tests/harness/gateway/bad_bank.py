"""A bank that has every bad day at once, and a portal that does: both in memory, as a test says."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Literal

import anyio
import anyio.lowlevel
from payframe.widget.gateway.portal_client import (
    PortalClient,
    PortalRefusedError,
    PortalUnavailableError,
)
from payframe.widget.gateway.shops import Shops

from payframe.gateway import (
    ActionRequired,
    Attempt,
    Authorized,
    Charged,
    Code,
    Declined,
    Instrument,
    Method,
    Money,
    Notification,
    Outcome,
    Payment,
    Processing,
    SignatureError,
)

Course = Literal["charges", "reserves", "thinks", "asks", "asks briefly", "declines"]
"""What becomes of an attempt that is started."""
Fault = Literal["hangs up before", "hangs up after", "never answers", "notifies first", "twice"]
Lost = Literal["before", "after"]
"""A call to the portal that gets no answer: lost before it is carried out, or after."""
PUBLIC = "the bank's"
"""What a notification of the bank's is signed with."""


@dataclass
class Account:
    """What the bank has for one attempt, and what it was asked for."""

    attempt: Attempt
    course: Course
    state: Literal["reserved", "thinks", "asked", "charged", "over"] = "asked"
    amount: Money = field(init=False)
    taken: int = 0
    given_back: int = 0

    @property
    def kept(self) -> int:
        return self.taken - self.given_back


@dataclass
class BadBank:
    """`course` and `wrong` are those of the next attempt; `faults` those of the next calls."""

    notify: Callable[[str], Awaitable[None]]
    course: Course = "charges"
    wrong: Money | None = None
    """What it takes in place of what it was asked for."""
    faults: list[Fault] = field(default_factory=list)
    accounts: dict[str, Account] = field(default_factory=dict)

    def methods(self, payment: Payment) -> Sequence[Method]:  # noqa: ARG002
        return [Method("card", "Card")]

    def instrument(self, method: str, data: Mapping[str, Any]) -> Instrument:  # noqa: ARG002
        return Instrument("tok_1", "Visa", "4242")

    async def start(self, attempt: Attempt, data: Mapping[str, Any]) -> Outcome:  # noqa: ARG002
        return await self._badly(attempt, self._start)

    async def look(self, attempt: Attempt) -> Outcome:
        return await self._badly(attempt, self._start)

    async def capture(self, attempt: Attempt) -> Outcome:
        return await self._badly(attempt, self._capture)

    async def cancel(self, attempt: Attempt) -> None:
        await self._badly(attempt, self._cancel)

    def notified(self, notification: Notification) -> Sequence[str]:
        if notification.headers.get("x-signature") != PUBLIC:
            raise SignatureError("not the bank's")
        return notification.body.decode().split()

    def decide(self, attempt_id: str, *, yes: bool) -> None:
        """The buyer has answered, or the bank has made up its mind."""
        account = self.accounts[attempt_id]
        if account.state in ("asked", "thinks"):
            if not yes:
                account.state = "over"
            else:
                self._take(account)

    async def _badly(self, attempt: Attempt, act: Callable[[Attempt], Outcome]) -> Outcome:
        fault = self.faults.pop() if self.faults else None
        if fault == "hangs up before":
            raise ConnectionError("the line is cut")
        act(attempt)
        match fault:
            case "hangs up after":
                raise ConnectionError("the line is cut")
            case "never answers":
                await anyio.sleep_forever()
            case "notifies first":
                await self.notify(attempt.id)
            case "twice":
                return act(attempt)
        return act(attempt) if act == self._cancel else self._says(self.accounts[attempt.id])

    def _start(self, attempt: Attempt) -> Outcome:
        """The attempt's ID is the idempotency key: a second start is the first one."""
        if attempt.id not in self.accounts:
            account = self.accounts[attempt.id] = Account(attempt, self.course)
            account.amount = self.wrong or attempt.amount
            match account.course:
                case "charges":
                    self._take(account)
                case "reserves":
                    account.state = "reserved"
                case "thinks":
                    account.state = "thinks"
                case "declines":
                    account.state = "over"
        return self._says(self.accounts[attempt.id])

    def _capture(self, attempt: Attempt) -> Outcome:
        account = self.accounts[attempt.id]
        if account.state == "reserved":
            account.state = "charged"
            account.taken += 1
        return self._says(account)

    def _cancel(self, attempt: Attempt) -> Outcome:
        account = self.accounts.setdefault(attempt.id, Account(attempt, "declines"))
        if account.state == "charged":
            account.given_back += 1
        account.state = "over"
        return Declined("abandoned")

    def _take(self, account: Account) -> None:
        """A buyer who was asked has the money reserved first; see Stripe's cards."""
        if account.course in ("asks", "reserves"):
            account.state = "reserved"
        else:
            account.state = "charged"
            account.taken += 1

    def _says(self, account: Account) -> Outcome:
        reference = f"ch_{account.attempt.id}"
        match account.state:
            case "reserved":
                return Authorized(account.amount, reference)
            case "charged":
                return Charged(account.amount, reference)
            case "thinks":
                return Processing(0.005, reference)
            case "asked":
                seconds = 0.05 if account.course == "asks briefly" else 0.0
                return ActionRequired(Code("pay me"), seconds, reference)
            case "over":
                return Declined("card_declined", reference=reference)


@dataclass
class Order:
    """A payment in the portal; `told` are the amounts of each report of its money."""

    sum: str = "100.00"
    currency: str = "USD"
    paid: bool = False
    paid_by: str | None = None
    """PS_INVOICE_ID of who has reported it; None for somebody by hand."""
    gone: bool = False
    told: list[Money] = field(default_factory=list)


class BadPortal(PortalClient):
    """`faults` are those of the next calls."""

    def __init__(self) -> None:
        self._settings: dict[tuple[int, int], tuple[float, dict[str, str]]] = {}
        self.orders: dict[int, Order] = {}
        self.faults: list[Lost] = []

    async def close(self) -> None:
        pass

    async def _call(self, method: str, params: dict[str, Any]) -> Any:
        await anyio.lowlevel.checkpoint()
        fault = self.faults.pop() if self.faults else None
        if fault == "before":
            raise PortalUnavailableError(method)
        answer = self._answer(method, params)
        if fault == "after":
            raise PortalUnavailableError(method)
        return answer

    def _answer(self, method: str, params: dict[str, Any]) -> Any:
        number = int(params.get("id", params.get("PAYMENT_ID", 0)))
        order = self.orders[number]
        if order.gone:
            raise PortalRefusedError("200640400001", "payment is not exists")
        match method:
            case "sale.payment.get":
                described = {
                    "id": number,
                    "accountNumber": f"{number}/1",
                    "sum": Decimal(order.sum),
                    "currency": order.currency,
                    "paid": "Y" if order.paid else "N",
                    "psStatus": "Y" if order.paid_by else None,
                    "psInvoiceId": order.paid_by,
                }
                return {"payment": described}
            case "sale.paysystem.settings.payment.get":
                return {}
        if not order.paid:  # paying a paid one changes nothing
            order.paid, order.paid_by = True, params["PS_INVOICE_ID"]
            order.told.append(Money(params["PS_SUM"], params["PS_CURRENCY"]))
        return True


class OneShop(Shops):
    def __init__(self, portal: PortalClient) -> None:
        super().__init__(lambda _key: "")
        self._portal = portal

    async def client(self, key: str) -> PortalClient:  # noqa: ARG002
        return self._portal


async def give_up(call: Awaitable[Any], seconds: float) -> None:
    """A call that its caller does not wait for, as where a worker is killed in the middle."""
    with suppress(Exception), anyio.move_on_after(seconds):
        await call
