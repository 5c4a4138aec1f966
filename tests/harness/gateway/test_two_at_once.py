"""Two who work at one attempt at once, as where a claim has run out: nothing is done twice."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import anyio
import pytest
from payframe.harness.store.database import Store
from payframe.widget.gateway import attempts

from payframe.gateway import Attempt, Outcome
from tests.harness.gateway.bank import Bank
from tests.harness.gateway.test_provider import Buyer, buyer
from tests.harness.support import change_payment, wait_for


class TwoAtOnce(Bank):
    """Answers the first look when it is asked a second time."""

    def __init__(self) -> None:
        super().__init__(fails=["the answer to start"])
        self._asked = 0
        self._twice = anyio.Event()

    async def look(self, attempt: Attempt) -> Outcome:
        self._asked += 1
        if self._asked == 2:
            self._twice.set()
        await self._twice.wait()
        return await super().look(attempt)


def test_an_attempt_that_is_taken_up_twice_ends_no_settlement(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As where the service takes longer to answer than an attempt is claimed for."""
    monkeypatch.setattr("payframe.widget.gateway.attempts.CLAIM", 0.0)
    monkeypatch.setattr("payframe.widget.gateway.settlement.IDLE", 0.01)
    bank = TwoAtOnce()
    with buyer(store, tmp_path, bank) as ava:
        ava.pay()
        ava.expect_paid_once()
        bank.fails.append("the answer to start")
        later = Buyer(ava.api, bank)
        later.pay("key-2")
        wait_for(lambda: later.status() == "paid")


def test_money_that_another_worker_has_told_of_is_not_given_back(
    store: Store, tmp_path: Path
) -> None:
    with buyer(store, tmp_path, Bank()) as ava:
        ava.pay()
        [settled] = ava.attempts
        assert settled.status == "settled"
        assert not attempts.refuse(ava.store, settled, "paid_already", "Paid.").to_cancel
        assert not attempts.give_back(ava.store, settled, "paid_already").to_cancel


class PaidByHand(Bank):
    """While it takes the money, somebody pays in the portal."""

    store: Store

    async def start(self, attempt: Attempt, data: Mapping[str, Any]) -> Outcome:
        change_payment(self.store, attempt.payment.payment_id, paid="Y")
        return await super().start(attempt, data)


def test_money_for_what_is_paid_by_hand_meanwhile_goes_back(store: Store, tmp_path: Path) -> None:
    bank = PaidByHand()
    bank.store = store
    with buyer(store, tmp_path, bank) as ava:
        ava.pay()
        ava.expect_given_back("paid_already")
