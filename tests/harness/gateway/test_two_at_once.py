"""Two who work at one attempt at once, as where a claim has run out: nothing is done twice."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import anyio
import pytest
from payframe.harness.store.database import Store
from payframe.widget.gateway import attempts
from payframe.widget.gateway.attempts import Intent
from payframe.widget.gateway.ledger import LedgerPayment, open_payment
from payframe.widget.gateway.opening import look_again
from payframe.widget.gateway.portal_client import PortalPayment
from payframe.widget.gateway.schema import open_ledger
from payframe.widget.gateway.service import Gateway

from payframe.gateway import Attempt, Charged, Instrument, Method, Money, Outcome
from tests.harness.gateway.bank import Bank
from tests.harness.gateway.test_provider import Buyer, buyer
from tests.harness.support import change_payment, read_payment, wait_for


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


def test_money_that_another_worker_is_about_to_tell_of_is_not_given_back(tmp_path: Path) -> None:
    ledger = open_ledger(str(tmp_path / "gateway.db"))
    payment = open_payment(
        ledger, "", PortalPayment(7, 1, "77/1", "100.00", "USD", paid=False, settings={})
    )
    intent = Intent("k", Method("card", "Card"), Instrument(), "https://shop/", "en")
    begun = attempts.begin_attempt(ledger, payment, intent)
    assert begun
    charged = attempts.record(ledger, begun, Charged(Money("100.00", "USD")))
    assert charged.claimed_until > begun.claimed_until
    held = attempts.hold(ledger, charged)
    assert held
    assert attempts.give_back(ledger, charged, "amount_changed").status == "charged"
    assert attempts.give_back(ledger, held, "amount_changed").status == "failed"
    assert attempts.hold(ledger, held) is None
    ledger.close()


def test_a_portal_is_not_told_of_money_that_another_worker_has_given_back_meanwhile(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def look_and_be_overtaken(
        gateway: Gateway, payment: LedgerPayment, agreed: Money
    ) -> LedgerPayment:
        now = await look_again(gateway, payment, agreed)
        attempts.give_back(gateway.store, now.attempts[0], "amount_changed")
        return now

    monkeypatch.setattr("payframe.widget.gateway.attempts.CLAIM", 0.2)
    monkeypatch.setattr("payframe.widget.gateway.settlement.IDLE", 0.01)
    monkeypatch.setattr("payframe.widget.gateway.settlement.look_again", look_and_be_overtaken)
    with buyer(store, tmp_path, Bank(fails=["the answer to start"])) as ava:
        ava.pay()
        ava.expect_given_back("amount_changed")
        assert read_payment(store, ava.payment_id).paid == "N"


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
