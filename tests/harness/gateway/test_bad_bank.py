"""Random courses of a payment on a bank's and a portal's worst days, with two workers: of all that
was taken one charge is kept at most, told once and as agreed; the rest has gone back."""

import os
import random
import secrets
from collections.abc import Iterator
from functools import partial
from itertools import count
from typing import Any

import anyio
import httpx
import pytest
from anyio.from_thread import BlockingPortal, start_blocking_portal
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
    run_state_machine_as_test,
)
from payframe.widget.gateway import history, settlement
from payframe.widget.gateway.api import gateway_app
from payframe.widget.gateway.attempts import OPEN
from payframe.widget.gateway.ledger import LedgerAttempt, LedgerPayment
from payframe.widget.gateway.schema import open_ledger
from payframe.widget.gateway.service import Gateway
from payframe.widget.gateway.settlement import Settlement
from sqlalchemy import select

from payframe.database import Database
from payframe.gateway import Money
from tests.harness.gateway.bad_bank import (
    PUBLIC,
    Account,
    BadBank,
    BadPortal,
    Course,
    Fault,
    Lost,
    OneShop,
    Order,
    give_up,
)
from tests.harness.support import wait_for

WORKERS = 2
ANSWERED = {200, 201, 204, 400, 403, 404, 409, 422, 503}
"""Statuses that buyer and bank may meet: never a 500."""
AMOUNTS = (("7.00", "USD"), ("500.00", "USD"), ("100.00", "EUR"), ("100.00", "USD"))
WRONG = (Money("1.00", "USD"), Money("100.00", "KWD"))
FAULTS: tuple[Fault, ...] = (
    "hangs up before",
    "hangs up after",
    "never answers",
    "notifies first",
    "twice",
)
COURSES: tuple[Course, ...] = ("charges", "reserves", "thinks", "asks", "asks briefly", "declines")


class Workers:
    """Two gateways on one ledger, which can be called, and killed, from the test's own thread."""

    def __init__(self, store: Database, loop: BlockingPortal) -> None:
        self.store, self.loop = store, loop
        self.random = random.Random(0)
        self.bank = BadBank(self.notify)
        self.portal = BadPortal()
        gateway = Gateway(
            "http://gw", "http://gw/widget/", (), store, OneShop(self.portal), self.bank
        )
        self._gateway, self._app = gateway, gateway_app(gateway)
        self._running: list[tuple[Settlement, Any]] = []
        for _ in range(WORKERS):
            self.start()

    def start(self) -> None:
        running = self.loop.wrap_async_context_manager(settlement.settlement(self._gateway))
        self._running.append((running.__enter__(), running))

    def kill(self) -> None:
        """A worker is gone with what it was at work on, and another one starts."""
        settling, running = self._running.pop(0)
        settling.claimed = Forgetful()
        running.__exit__(None, None, None)
        self.start()

    def stop(self) -> None:
        for _, running in self._running:
            running.__exit__(None, None, None)

    async def request(self, method: str, path: str, **options: Any) -> httpx.Response:
        """To one worker or the other."""
        worker, _ = random.choice(self._running)

        async def app(scope: Any, receive: Any, send: Any) -> None:
            await self._app({**scope, "state": {"settlement": worker}}, receive, send)

        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://gw") as http:
            answer = await http.request(
                method,
                path,
                headers={"Origin": "http://gw"} | options.pop("headers", {}),
                **options,
            )
        assert answer.status_code in ANSWERED, answer.text
        return answer

    async def notify(self, attempt_id: str, signature: str = PUBLIC) -> None:
        signed = {"X-Signature": signature}
        answer = await self.request("POST", "/notifications", content=attempt_id, headers=signed)
        assert answer.status_code == (204 if signature == PUBLIC else 400)


class Forgetful(set[str]):
    """A killed worker releases nothing."""

    def __bool__(self) -> bool:
        return False


def machine(workers: Workers) -> type[RuleBasedStateMachine]:
    """Courses of one payment each; workers and database are those of all."""
    bank, portal, numbers = workers.bank, workers.portal, count(1)

    class BadDays(RuleBasedStateMachine):
        def __init__(self) -> None:
            super().__init__()
            bank.faults, portal.faults = [], []
            self.keys: list[str] = []
            self.agreed: dict[str, Money] = {}
            """What the buyer has seen, by the key of the attempt."""
            self.amount = {"value": "100.00", "currency": "USD"}
            self.by_hand = self.was_paid = False

        @initialize()
        def begin(self) -> None:
            self.number = next(numbers)
            self.order = portal.orders[self.number] = Order()
            opened = self.call("POST", "/payments", json=self.ids())
            self.gateway_id = opened.json()["id"]

        def ids(self) -> dict[str, int]:
            return {"payment_id": self.number, "paysystem_id": 1}

        def call(self, method: str, path: str, **options: Any) -> httpx.Response:
            return workers.loop.call(partial(workers.request, method, path, **options))

        @rule()
        def open(self) -> None:
            answer = self.call("POST", "/payments", json=self.ids())
            if answer.status_code == 201:
                self.amount = answer.json()["amount"]

        @rule()
        def show(self) -> None:
            """Paid is what the portal has as paid, and stays so; what failed waits for no money."""
            shown = self.call("GET", f"/payments/{self.gateway_id}").json()
            assert shown["status"] == "paid" or not self.was_paid
            self.was_paid = shown["status"] == "paid"
            if self.was_paid:
                assert self.order.paid or self.order.gone
            if shown["status"] == "failed":
                last = self.attempts()[-1]
                assert last.status != "failed" or last.error_code == shown["error"]["code"]

        @rule(
            course=st.sampled_from(COURSES),
            wrong=st.sampled_from((None, None, None, *WRONG)),
            faults=st.lists(st.sampled_from(FAULTS), max_size=3),
            again=st.booleans(),
            at_once=st.sampled_from((1, 1, 2, 4)),
            killed=st.booleans(),
        )
        def pay(
            self,
            course: Course,
            wrong: Money | None,
            faults: list[Fault],
            again: bool,
            at_once: int,
            killed: bool,
        ) -> None:
            """In one tab or several; the worker at it may be killed in the middle."""
            if not (again and self.keys):
                self.keys.append(secrets.token_hex(4))
            key = self.keys[-1]
            # What was refused has begun no attempt: the key is still to be used.
            if key not in {each.idempotency_key for each in self.attempts()}:
                self.agreed[key] = Money(**self.amount)
            bank.course, bank.wrong, bank.faults = course, wrong, list(faults)
            body = {"method": "card", "amount": self.amount, "return_url": "http://gw/"}
            send = partial(
                workers.request,
                "POST",
                f"/payments/{self.gateway_id}/attempts",
                json=body,
                headers={"Idempotency-Key": key},
            )

            async def pay() -> None:
                async with anyio.create_task_group() as tabs:
                    for _ in range(at_once):
                        tabs.start_soon(give_up if killed else _wait_for, send(), 0.004)

            workers.loop.call(pay)

        @precondition(lambda self: self.keys)
        @rule(yes=st.booleans(), told=st.sampled_from(("never", "once", "twice", "by another")))
        def decide(self, yes: bool, told: str) -> None:
            """The bank learns what the buyer says of each attempt, and tells of it."""
            for attempt_id in [each.attempt.id for each in self.accounts()]:
                bank.decide(attempt_id, yes=yes)
                for _ in range(
                    ("never", "once", "twice").index(told) if told in ("once", "twice") else 0
                ):
                    workers.loop.call(workers.notify, attempt_id)
                if told == "by another":
                    workers.loop.call(workers.notify, attempt_id, "forged")

        @precondition(lambda self: self.keys)
        @rule()
        def notify_late(self) -> None:
            for attempt in self.attempts():
                workers.loop.call(workers.notify, attempt.id)

        @rule(amount=st.sampled_from(AMOUNTS))
        def change_the_order(self, amount: tuple[str, str]) -> None:
            self.order.sum, self.order.currency = amount

        @rule()
        def delete_the_order(self) -> None:
            self.order.gone = True

        @rule()
        def pay_by_hand(self) -> None:
            if not self.order.paid:
                self.order.paid = self.by_hand = True

        @rule(calls=st.lists(st.sampled_from(("before", "after")), min_size=1, max_size=6))
        def portal_is_away(self, calls: list[Lost]) -> None:
            portal.faults = list(calls)

        @rule(faults=st.lists(st.sampled_from(FAULTS), min_size=1, max_size=3))
        def bank_is_away(self, faults: list[Fault]) -> None:
            bank.faults = list(faults)

        @rule()
        def kill_a_worker(self) -> None:
            workers.kill()

        def attempts(self) -> list[LedgerAttempt]:
            found = select(LedgerAttempt).join(LedgerPayment).order_by(LedgerAttempt.began)
            with workers.store.read() as session:
                mine = found.where(LedgerPayment.payment_id == self.number)
                return list(session.scalars(mine))

        def rests(self) -> bool:
            """Nothing is left to do, for a buyer either."""
            return not any(a.status in (*OPEN, "charged") or a.to_cancel for a in self.attempts())

        def teardown(self) -> None:
            bank.faults, portal.faults, bank.course = [], [], "declines"
            for account in self.accounts():
                bank.decide(account.attempt.id, yes=account.state == "thinks")
            try:
                wait_for(self.rests, 60)
                self.expect_one_charge_or_none()
            except AssertionError as error:
                error.add_note(self.story())
                raise

        def accounts(self) -> list[Account]:
            mine = {each.id for each in self.attempts()}
            return [each for id_, each in list(bank.accounts.items()) if id_ in mine]

        def story(self) -> str:
            """What has happened; a course is hardly ever the same again."""
            told = [f"{self.order}", *map(str, self.accounts())]
            told += [f"{each.id} {each.status} {each.to_cancel}" for each in self.attempts()]
            events = history.events(workers.store, self.gateway_id)
            return "\n".join((*told, *(f"{e.at:.3f} {e.attempt_id} {e.text}" for e in events)))

        def expect_one_charge_or_none(self) -> None:
            kept = [account for account in self.accounts() if account.kept]
            settled = [each for each in self.attempts() if each.status == "settled"]
            assert all(account.taken <= 1 for account in self.accounts())
            assert [account.attempt.id for account in kept] == [each.id for each in settled]
            assert len(settled) <= 1
            if settled:
                [account], [attempt] = kept, settled
                assert account.amount == attempt.amount == self.agreed[attempt.idempotency_key]
                assert self.order.told == [attempt.amount]
                assert self.order.paid_by == attempt.gateway_payment_id
            elif not self.order.gone:
                assert self.order.told == []
            if not self.order.gone:
                assert self.order.paid == (self.by_hand or bool(settled))
                self.show()

    return BadDays


async def _wait_for(call: Any, _seconds: float) -> None:
    await call


@pytest.fixture
def workers(database_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workers]:
    """Whose clocks run a thousand times as fast."""
    for name, seconds in {
        "settlement.FIRST_RETRY": 0.002,
        "settlement.LAST_RETRY": 0.02,
        "settlement.IDLE": 0.02,
        "settlement.PROVIDER_TIMEOUT": 0.05,
        "attempts.CLAIM": 0.2,
        "attempts.LOOK_AGAIN": 0.01,
        "attempts.LAST_LOOK": 0.04,
        "attempts.MOST_TRIES": 1000,
        "api.NEWS": 0.0,
    }.items():
        monkeypatch.setattr(f"payframe.widget.gateway.{name}", seconds)
    store = open_ledger(database_url)
    with start_blocking_portal() as loop:
        running = Workers(store, loop)
        yield running
        running.stop()
    store.close()


COUNTS = [
    pytest.param(5, id="some"),
    pytest.param(
        int(os.environ.get("PAYFRAME_COURSES", "5000")), id="many", marks=pytest.mark.slow
    ),
]


@pytest.mark.timeout(7200)
@pytest.mark.parametrize("courses", COUNTS)
def test_on_bad_days_one_charge_is_kept_or_none(workers: Workers, courses: int) -> None:
    run_state_machine_as_test(
        machine(workers),
        settings=settings(
            max_examples=courses,
            stateful_step_count=8,
            deadline=None,
            # Threads and clocks take part: another run of the same steps is another course.
            phases=(Phase.generate,),
            suppress_health_check=list(HealthCheck),
        ),
    )
