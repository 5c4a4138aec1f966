"""Whatever a payment service does: the buyer pays once, and what was taken is told or goes back."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from payframe.harness.store.database import Store
from payframe.harness.store.models import Payment
from payframe.widget.gateway import history
from payframe.widget.gateway.ledger import LedgerAttempt
from sqlalchemy import select

from payframe.gateway import (
    ActionRequired,
    Authorized,
    Charged,
    Declined,
    Money,
    Processing,
)
from tests.harness.gateway.bank import ON_A_PAGE, Bank
from tests.harness.gateway.conftest import Api
from tests.harness.support import add_payment, change_payment, read_payment, serve, wait_for

HUNDRED = Money("100.00", "USD")


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("payframe.widget.gateway.settlement.FIRST_RETRY", 0.02)
    monkeypatch.setattr("payframe.widget.gateway.settlement.LAST_RETRY", 0.05)
    monkeypatch.setattr("payframe.widget.gateway.attempts.LOOK_AGAIN", 600.0)
    monkeypatch.setattr("payframe.widget.gateway.api.NEWS", 600.0)


class Buyer:
    """A payment of 100.00 USD that a buyer pays through a bank."""

    def __init__(self, api: Api, bank: Bank) -> None:
        self.api, self.bank, self.store = api, bank, api.running.store
        self.payment_id = add_payment(self.store)
        self.gateway_id = api.opened(self.payment_id)

    def pay(self, key: str = "key-1", **changes: object) -> dict[str, object]:
        changes = {"data": {"token": "tok_1"}, **changes}
        payment: dict[str, object] = self.api.attempt(self.gateway_id, key, **changes).json()
        return payment

    @property
    def attempts(self) -> list[LedgerAttempt]:
        with self.store.read() as session:
            of_payment = LedgerAttempt.gateway_payment_id == self.gateway_id
            found = select(LedgerAttempt).where(of_payment).order_by(LedgerAttempt.began)
            return list(session.scalars(found))

    def says(self, outcome: object, *, signature: str = "the bank's") -> httpx.Response:
        """The bank has news of the first attempt, and notifies the gateway."""
        attempt_id = self.attempts[0].id
        self.bank.say(attempt_id, outcome)  # type: ignore[arg-type]
        return self.notify(attempt_id, signature)

    def notify(self, body: str, signature: str = "the bank's") -> httpx.Response:
        return self.api.running.http.post(
            f"{self.api.running.addresses.gateway}/notifications",
            content=body,
            headers={"X-Signature": signature},
        )

    def status(self) -> str:
        return str(self.api.read(self.gateway_id)["status"])

    def expect_paid_once(self) -> None:
        wait_for(lambda: self.status() == "paid")
        assert list(self.bank.money.values()) == [1]
        assert read_payment(self.store, self.payment_id).ps_invoice_id == self.gateway_id

    def expect_given_back(self, code: str) -> None:
        wait_for(lambda: not any(self.bank.money.values()))
        wait_for(lambda: self.attempts[0].error_code == code)
        assert self.attempts[0].status == "failed"


@contextmanager
def buyer(store: Store, folder: Path, bank: Bank) -> Iterator[Buyer]:
    with serve(store, folder / "dist", provider=bank) as running:
        yield Buyer(Api(running), bank)


def test_what_is_charged_at_once_is_reported_once(store: Store, tmp_path: Path) -> None:
    with buyer(store, tmp_path, Bank()) as ava:
        assert ava.pay()["status"] == "paid"
        ava.expect_paid_once()


@pytest.mark.parametrize("call", ["start", "the answer to start"])
def test_a_start_without_an_answer_charges_once(store: Store, tmp_path: Path, call: str) -> None:
    with buyer(store, tmp_path, Bank(fails=[call])) as ava:
        assert ava.pay()["status"] in ("processing", "paid")
        ava.expect_paid_once()


def test_a_service_that_hangs_is_asked_again(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("payframe.widget.gateway.settlement.PROVIDER_TIMEOUT", 0.1)
    with buyer(store, tmp_path, Bank(hangs=True)) as ava:
        assert ava.pay()["status"] == "processing"
        ava.expect_paid_once()


@pytest.mark.parametrize("call", ["capture", "the answer to capture"])
def test_money_that_is_reserved_is_taken_once(store: Store, tmp_path: Path, call: str) -> None:
    with buyer(store, tmp_path, Bank(Authorized(HUNDRED), fails=[call])) as ava:
        ava.pay()
        ava.expect_paid_once()


def test_reserved_money_of_an_order_that_has_changed_is_let_go(
    store: Store, tmp_path: Path
) -> None:
    with buyer(store, tmp_path, Bank(ON_A_PAGE)) as ava:
        ava.pay()
        change_payment(store, ava.payment_id, sum="500.00")
        ava.says(Authorized(HUNDRED))
        ava.expect_given_back("amount_changed")
        assert isinstance(ava.bank.now[ava.attempts[0].id], Declined)
        assert ava.bank.money == {}


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"sum": "500.00"}, "amount_changed"),
        ({"paid": "Y"}, "paid_already"),
    ],
)
def test_money_that_came_too_late_goes_back(
    store: Store, tmp_path: Path, change: dict[str, str], code: str
) -> None:
    with buyer(store, tmp_path, Bank(ON_A_PAGE)) as ava:
        ava.pay()
        change_payment(store, ava.payment_id, **change)
        ava.says(Charged(HUNDRED))
        ava.expect_given_back(code)
        assert read_payment(store, ava.payment_id).ps_invoice_id in (None, "")


def test_money_for_an_order_that_is_gone_goes_back(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("payframe.widget.gateway.portal_client.KEEP_SETTINGS", 0.0)
    with buyer(store, tmp_path, Bank(ON_A_PAGE)) as ava:
        ava.pay()
        with store.write() as session:
            session.delete(session.get_one(Payment, ava.payment_id).order)
        ava.says(Charged(HUNDRED))
        ava.expect_given_back("refused_by_shop")


def test_a_capture_that_takes_its_time_is_asked_for_again_after_a_pause(
    store: Store, tmp_path: Path
) -> None:
    class Slow(Bank):
        asked = 0

        async def capture(self, attempt):  # type: ignore[no-untyped-def]
            self.asked += 1
            return Authorized(HUNDRED) if self.asked < 3 else await super().capture(attempt)

    bank = Slow(Authorized(HUNDRED))
    with buyer(store, tmp_path, bank) as ava:
        ava.pay()
        ava.expect_paid_once()
        assert bank.asked == 3
    told = [each.text for each in history.events(store, ava.gateway_id)]
    assert told.count("to be tried again: the money is still only reserved") == 1


@pytest.mark.parametrize("taken", [Money("1.00", "USD"), Money("100.00", "EUR")])
def test_another_amount_than_was_agreed_to_goes_back(
    store: Store, tmp_path: Path, taken: Money
) -> None:
    with buyer(store, tmp_path, Bank(Charged(taken))) as ava:
        payment = ava.pay()
        assert payment["status"] == "failed"
        ava.expect_given_back("wrong_amount")
        assert read_payment(store, ava.payment_id).paid == "N"


def test_money_goes_back_however_often_the_service_has_to_be_asked(
    store: Store, tmp_path: Path
) -> None:
    with buyer(store, tmp_path, Bank(Charged(Money("1", "USD")), fails=["cancel"] * 3)) as ava:
        ava.pay()
        ava.expect_given_back("wrong_amount")


def test_a_notification_has_the_service_asked(store: Store, tmp_path: Path) -> None:
    with buyer(store, tmp_path, Bank(ON_A_PAGE)) as ava:
        assert ava.pay()["action"] == {
            "type": "redirect",
            "url": "https://bank.example/confirm",
            "target": "top",
        }
        assert ava.says(Charged(HUNDRED)).status_code == 204
        ava.expect_paid_once()


def test_a_notification_may_come_twice_and_late_and_of_nothing(
    store: Store, tmp_path: Path
) -> None:
    with buyer(store, tmp_path, Bank(ON_A_PAGE)) as ava:
        ava.pay()
        for _ in range(3):
            assert ava.says(Charged(HUNDRED)).status_code == 204
        ava.expect_paid_once()
        ava.bank.now[ava.attempts[0].id] = Declined("card_declined")  # an old one, out of order
        assert ava.notify(ava.attempts[0].id).status_code == 204
        assert ava.notify("nobody knows").status_code == 204
        ava.expect_paid_once()


def test_a_notification_that_comes_before_the_answer_changes_nothing(
    store: Store, tmp_path: Path
) -> None:
    class Early(Bank):
        async def start(self, attempt, data):  # type: ignore[no-untyped-def]
            outcome = await super().start(attempt, data)
            async with httpx.AsyncClient() as http:
                url = f"{attempt.gateway_url}/notifications"
                told = await http.post(
                    url, content=attempt.id, headers={"X-Signature": "the bank's"}
                )
                assert told.status_code == 204
            return outcome

    with buyer(store, tmp_path, Early()) as ava:
        assert ava.pay()["status"] == "paid"
        ava.expect_paid_once()


@pytest.mark.parametrize(
    ("signature", "size", "status"), [("mine", 1, 400), ("mine", 200_000, 413)]
)
def test_a_notification_of_somebody_else_is_refused(
    store: Store, tmp_path: Path, signature: str, size: int, status: int
) -> None:
    with buyer(store, tmp_path, Bank(ON_A_PAGE)) as ava:
        ava.pay()
        ava.bank.say(ava.attempts[0].id, Charged(HUNDRED))
        body = ava.attempts[0].id + " " * size
        assert ava.notify(body, signature).status_code == status
        assert ava.bank.looks == 0


def test_news_that_nobody_tells_is_found_out(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("payframe.widget.gateway.attempts.LOOK_AGAIN", 0.05)
    with buyer(store, tmp_path, Bank(Processing(0.05))) as ava:
        assert ava.pay()["status"] == "processing"
        ava.bank.say(ava.attempts[0].id, Charged(HUNDRED))
        ava.expect_paid_once()


def test_a_page_that_asks_has_the_service_asked(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("payframe.widget.gateway.api.NEWS", 0.0)
    with buyer(store, tmp_path, Bank(ON_A_PAGE)) as ava:
        ava.pay()
        ava.bank.say(ava.attempts[0].id, Charged(HUNDRED))
        assert ava.status() == "paid"


def test_money_for_an_attempt_that_was_given_up_goes_back(store: Store, tmp_path: Path) -> None:
    with buyer(store, tmp_path, Bank(ON_A_PAGE)) as ava:
        ava.pay()
        ava.bank.first = None
        assert ava.pay("key-2")["status"] == "paid"
        first, second = ava.attempts
        wait_for(lambda: isinstance(ava.bank.now[first.id], Declined))
        ava.says(Charged(HUNDRED))
        wait_for(lambda: ava.bank.money[first.id] == 0)
        assert ava.bank.money[second.id] == 1
        assert ava.status() == "paid"


def test_an_action_whose_time_is_over_is_withdrawn(store: Store, tmp_path: Path) -> None:
    with buyer(store, tmp_path, Bank(ActionRequired(ON_A_PAGE.action, seconds=0.05))) as ava:
        ava.pay()
        wait_for(lambda: ava.status() == "failed")
        wait_for(lambda: isinstance(ava.bank.now[ava.attempts[0].id], Declined))
        assert ava.attempts[0].error_code == "code_expired"


@pytest.mark.parametrize(
    ("outcome", "says"),
    [
        (Declined("insufficient_funds", "no funds"), "There is not enough money on this card."),
        (Declined("strange", "The moon is full."), "The moon is full."),
        (Declined("strange"), "The payment was declined."),
    ],
)
def test_the_buyer_reads_why_it_was_declined(
    store: Store, tmp_path: Path, outcome: Declined, says: str
) -> None:
    with buyer(store, tmp_path, Bank(outcome)) as ava:
        payment = ava.pay()
        assert payment["error"] == {"code": outcome.code, "message": says}


def test_a_payment_that_the_provider_refuses_is_not_opened(store: Store, tmp_path: Path) -> None:
    with serve(store, tmp_path / "dist", provider=Bank()) as running:
        refused = Api(running).open(add_payment(store, account_number="REFUSED/1"))
        assert refused.status_code == 409
        assert refused.json()["detail"] == "This bank is closed today."


def test_a_handler_in_checkout_mode_leads_to_the_services_page(
    store: Store, tmp_path: Path
) -> None:
    with buyer(store, tmp_path, Bank(ON_A_PAGE)) as ava:
        running = ava.api.running
        system = {
            "RETURN_URL": f"{running.addresses.seller}/payments/1",
            "PAYSYSTEM_ID": "1",
            "PAYMENT_ID": str(ava.payment_id),
            "SUM": "100",
            "CURRENCY": "USD",
        }
        sent = {f"BX_SYSTEM_PARAMS[{name}]": value for name, value in system.items()}
        answer = running.http.post(f"{running.addresses.gateway}/checkout", data=sent).json()
        assert answer == {"PAYMENT_URL": ON_A_PAGE.action.url, "PAYMENT_ID": ava.gateway_id}  # type: ignore[union-attr]
        ava.says(Charged(HUNDRED))
        ava.expect_paid_once()


def test_no_card_number_of_an_error_is_kept_or_told(
    store: Store, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    text = "card 4242 4242 4242 4242 refused, 5555555555554444 too"
    with (
        caplog.at_level(logging.DEBUG),
        buyer(store, tmp_path, Bank(fails=["start"], text=text)) as ava,
    ):
        ava.pay()
        ava.expect_paid_once()
    told = caplog.text + "".join(each.text for each in history.events(store, ava.gateway_id))
    assert "refused, … too" in told
    assert "4242 4242" not in told
    assert "55555555" not in told


def test_the_story_of_a_payment_is_kept(store: Store, tmp_path: Path) -> None:
    with buyer(store, tmp_path, Bank(ON_A_PAGE)) as ava:
        ava.pay()
        ava.says(Charged(HUNDRED))
        ava.expect_paid_once()
    assert [each.text for each in history.events(store, ava.gateway_id)] == [
        "begun: Card •••• 4242, 100.00 USD",
        "the service says: the buyer is to act (Redirect)",
        "the service says: charged 100.00 USD",
        "the portal knows that it is paid",
    ]


def test_who_tries_card_after_card_is_stopped(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("payframe.widget.gateway.attempts.MOST_TRIES", 3)
    with buyer(store, tmp_path, Bank(Declined("card_declined"))) as ava:
        for n in range(3):
            assert ava.pay(f"key-{n}")["status"] == "failed"
        assert ava.pay("key-3")["code"] == "too_many_attempts"
        assert ava.pay("key-2")["status"] == "failed"  # the same try, asked for again
        assert len(ava.bank.now) == 3
