"""Random courses of a payment: whatever happens, the buyer pays what was shown once, or nothing."""

import secrets
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
    run_state_machine_as_test,
)
from payframe.harness.portal.faults import clear_faults, set_fault
from payframe.harness.sale.payments import write_payment
from payframe.harness.store.database import Store, open_store
from payframe.harness.store.models import Payment
from payframe.widget.gateway.ledger import LedgerAttempt, LedgerPayment
from sqlalchemy import select

from tests.harness.gateway.conftest import card
from tests.harness.gateway.service_process import ServiceProcess
from tests.harness.gateway.test_bad_days import out_of_reach
from tests.harness.gateway.test_settlement import free_port
from tests.harness.support import wait_for

CARDS = ("4242424242424242", "4000000000000002", "4000000000003220", "4000000000000077")
METHODS = ("redirect", "qr", "transfer")
AMOUNTS = {
    "the order is lowered": "7.00",
    "the order is raised": "500.00",
    "the order is as it was": "100.00",
}
UNDER_WAY = ("starting", "processing", "authorized", "charged")
EVENTS = (
    *AMOUNTS,
    "it is paid elsewhere",
    "the order is deleted",
    "the portal fails once",
    "the portal fails for long",
    "the database is locked",
    "the service is restarted",
    "the service is killed",
)
ANSWERED = {200, 201, 303, 404, 409, 422, 503}
"""Statuses that a buyer may meet: never a 500."""


@pytest.fixture
def service(any_store: Store, database_url: str, tmp_path: Any) -> Iterator[ServiceProcess]:
    any_store.close()  # the service opens what has been written
    running = ServiceProcess(database_url, free_port(), tmp_path / "dist")
    running.start()
    yield running
    running.stop()


def machine(service: ServiceProcess, store: Store) -> type[RuleBasedStateMachine]:
    """Courses of one payment each, with a service and a database that all of them share."""

    class Course(RuleBasedStateMachine):
        def __init__(self) -> None:
            super().__init__()
            self.http = httpx.Client(timeout=20)
            self.shown: dict[str, str] = {}
            self.gateway_id = ""
            self.keys: list[str] = []
            self.gone = False
            self.elsewhere = False

        @initialize()
        def begin(self) -> None:
            with store.write() as session:
                payment = write_payment(session)
                self.payment_id, self.system = payment.id, payment.pay_system_id
            self.amount = "100.00"
            self.open()

        def call(self, method: str, path: str, **options: Any) -> httpx.Response | None:
            try:
                response = self.http.request(method, f"{service.gateway}{path}", **options)
            except httpx.TransportError:
                return None
            assert response.status_code in ANSWERED, response.text
            return response

        @rule()
        def open(self) -> None:
            ids = {"payment_id": self.payment_id, "paysystem_id": self.system}
            answer = self.call("POST", "/payments", json=ids)
            if answer is not None and answer.status_code == 201:
                self.gateway_id = answer.json()["id"]
                self.amount = answer.json()["amount"]["value"]

        def attempt(self, key: str, body: dict[str, Any]) -> None:
            # What was refused has begun no attempt: the key is still to be used.
            if key not in {each.idempotency_key for each in self.attempts()}:
                self.shown[key] = self.amount
            path = f"/payments/{self.gateway_id}/attempts"
            self.call("POST", path, json=body, headers={"Idempotency-Key": key})

        def body(self, way: str) -> dict[str, Any]:
            chosen = {"method": way} if way in METHODS else {"method": "card", "data": card(way)}
            amount = {"value": self.amount, "currency": "USD"}
            back = f"http://localhost:{service.port}/"
            return {**chosen, "amount": amount, "return_url": back}

        @precondition(lambda self: self.gateway_id)
        @rule(
            way=st.sampled_from(CARDS + METHODS),
            again=st.booleans(),
            meanwhile=st.sampled_from(("nothing", "nothing", *EVENTS)),
            answers=st.lists(st.booleans(), max_size=2),
        )
        def pay(self, way: str, again: bool, meanwhile: str, answers: list[bool]) -> None:
            """And perhaps say yes or no to the bank, at once or later, once or twice."""
            if not (again and self.keys):
                self.keys.append(secrets.token_hex(4))
            self.attempt(self.keys[-1], self.body(way))
            self.meanwhile(meanwhile)
            for yes in answers:
                self.answer_the_bank(yes=yes)

        @precondition(lambda self: self.gateway_id)
        @rule(ways=st.lists(st.sampled_from(CARDS), min_size=2, max_size=4), one_key=st.booleans())
        def pay_at_once(self, ways: list[str], one_key: bool) -> None:
            keys = [secrets.token_hex(4)] * len(ways)
            if not one_key:
                keys = [secrets.token_hex(4) for _ in ways]
            bodies = [self.body(way) for way in ways]
            with ThreadPoolExecutor(len(ways)) as threads:
                list(threads.map(self.attempt, keys, bodies))

        @precondition(lambda self: self.gateway_id)
        @rule(yes=st.booleans())
        def answer_the_bank(self, yes: bool) -> None:
            for attempt in self.attempts():
                if attempt.status == "action_required":
                    asked = self.asked_for(attempt.value)
                    path = f"/attempts/{attempt.id}/challenge"
                    self.call("POST", path, data={"answer": "approve" if yes else "refuse"})
                    if not asked:
                        self.expect_no_money(attempt.id)

        def asked_for(self, value: str) -> bool:
            """Whether the portal, as it is now, asks for an amount."""
            with store.read() as session:
                payment = session.get(Payment, self.payment_id)
                return payment is not None and (payment.sum, payment.paid) == (value, "N")

        def expect_no_money(self, attempt_id: str) -> None:
            """Of an attempt whose yes came when the portal no longer asked for its amount."""
            attempt = next(each for each in self.attempts() if each.id == attempt_id)
            assert attempt.status not in ("charged", "settled")

        @rule(event=st.sampled_from(EVENTS))
        def meanwhile(self, event: str) -> None:
            match event:
                case "the order is lowered" | "the order is raised" | "the order is as it was":
                    self.change("sum", AMOUNTS[event])
                case "it is paid elsewhere":
                    self.pay_elsewhere()
                case "the order is deleted":
                    self.delete_the_order()
                case "the portal fails once" | "the portal fails for long":
                    code = "INTERNAL_SERVER_ERROR" if event.endswith("once") else "expired_token"
                    with store.write() as session:
                        set_fault(session, code, None, 1 if event.endswith("once") else 9)
                case "the database is locked":
                    with out_of_reach(service.database_url):
                        self.open()
                case "the service is restarted":
                    service.stop()
                    service.start()
                case "the service is killed":
                    service.kill()
                    service.start()

        def change(self, column: str, value: str) -> None:
            with store.write() as session:
                if payment := session.get(Payment, self.payment_id):
                    setattr(payment, column, value)

        def pay_elsewhere(self) -> None:
            with store.write() as session:
                payment = session.get(Payment, self.payment_id)
                if payment and payment.paid == "N":
                    payment.paid = "Y"
                    self.elsewhere = True

        def delete_the_order(self) -> None:
            with store.write() as session:
                if payment := session.get(Payment, self.payment_id):
                    session.delete(payment.order)
                    self.gone = True

        def attempts(self) -> list[LedgerAttempt]:
            with store.read() as session:
                found = select(LedgerAttempt).join(LedgerPayment)
                return list(
                    session.scalars(found.where(LedgerPayment.payment_id == self.payment_id))
                )

        def unsettled(self) -> list[LedgerAttempt]:
            return [each for each in self.attempts() if each.status in UNDER_WAY]

        def teardown(self) -> None:
            with store.write() as session:
                clear_faults(session)
            wait_for(lambda: not any(a.status in UNDER_WAY for a in self.attempts()))
            self.http.close()
            settled = [each for each in self.attempts() if each.status == "settled"]
            assert len(settled) <= 1
            for each in settled:
                assert each.value == self.shown[each.idempotency_key]
            if self.gone:
                return
            with store.read() as session:
                payment = session.get_one(Payment, self.payment_id)
            assert (payment.paid == "Y") == bool(settled or self.elsewhere)
            if settled and not self.elsewhere:
                assert payment.ps_sum == settled[0].value
                assert payment.ps_invoice_id == settled[0].gateway_payment_id

    return Course


COURSES = [pytest.param(3, id="some"), pytest.param(1000, id="many", marks=pytest.mark.slow)]


@pytest.mark.timeout(3600)
@pytest.mark.parametrize("courses", COURSES)
def test_every_course_ends_with_one_charge_or_none(
    service: ServiceProcess, database_url: str, courses: int
) -> None:
    store = open_store(database_url)
    run_state_machine_as_test(
        machine(service, store),
        settings=settings(
            max_examples=courses,
            stateful_step_count=12,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
    store.close()
