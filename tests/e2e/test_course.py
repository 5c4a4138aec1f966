"""Whatever happens on the way, a payment is charged once at most, and a reload shows the truth."""

from contextlib import suppress
from dataclasses import dataclass, field

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from payframe.widget.gateway import ledger
from playwright.sync_api import APIResponse, Route
from playwright.sync_api import Error as PlaywrightError
from sqlalchemy import select

from tests.e2e.shop import Shop
from tests.e2e.widget_page import DECLINED, PROCESSING, SUCCESS
from tests.slow import slow

CARDS = {"submit": SUCCESS, "submit a slow card": PROCESSING, "submit a bad card": DECLINED}
FAULTS = ["refuse", "lose the answer", "hold the answer", "hold the request", "crash"]
STEPS = [*CARDS, *FAULTS, "let held answers go", "wait", "reload", "post again", "retry"]


@dataclass
class Line:
    """The line to the service. What goes wrong with the next attempts stands in `faults`."""

    faults: list[str] = field(default_factory=list)
    held: list[tuple[Route, APIResponse | None]] = field(default_factory=list)

    def attempt(self, route: Route) -> None:
        match self.faults.pop(0) if self.faults else None:
            case None:
                route.continue_()
            case "refuse":
                route.abort("connectionrefused")
            case "lose the answer":
                route.fetch()
                route.abort("connectionreset")
            case "hold the answer":
                self.held.append((route, route.fetch()))
            case "hold the request":
                self.held.append((route, None))
            case _:
                route.fulfill(status=500, body="Internal Server Error")

    def release(self) -> None:
        for route, answer in self.held:
            if answer:
                route.fulfill(response=answer)
            else:
                route.continue_()
        self.held.clear()


# In one go, so that the page cannot leave in between.
TYPE_AND_PAY = """(number) => {
  const state = document.getElementById("page")?.dataset.state;
  if (state !== "ready" && state !== "failed") return;
  const card = { number, expiry: "12 / 40", cvc: "123", name: "Ava Thompson" };
  for (const [name, value] of Object.entries(card)) {
    document.getElementById(`card-${name}`).value = value;
  }
  document.getElementById("form").requestSubmit();
}"""
RETRY = "() => document.getElementById('retry')?.checkVisibility() && retry.click()"


def take(step: str, shop: Shop, line: Line) -> None:
    """Do a step, if there is anything to do it to."""
    if step in FAULTS:
        line.faults.append(step)
    elif step == "let held answers go":
        line.release()
    elif step == "wait":
        shop.page.clock.run_for(20_000)
    elif step == "reload":
        shop.page.reload()
    elif step == "post again" and shop.iframe.count():
        shop.post(shop.last_message())
    elif frame := shop.page.frame("restPaymentFrame"):
        with suppress(PlaywrightError):  # paid, and on the way back to the shop
            if step == "retry":
                frame.evaluate(RETRY)
            elif step in CARDS:
                frame.evaluate(TYPE_AND_PAY, CARDS[step])


def charges(shop: Shop, payment_id: int) -> int:
    """How often the service has taken the money of a payment."""
    with shop.demo.store.read() as session:
        attempts = session.scalars(
            select(ledger.LedgerAttempt)
            .join(ledger.LedgerPayment)
            .where(ledger.LedgerPayment.payment_id == payment_id)
        )
        return sum(attempt.status in ("charged", "settled") for attempt in attempts.unique())


COURSES = st.lists(st.sampled_from(STEPS), min_size=3, max_size=9).filter(
    lambda steps: CARDS.keys() & set(steps)
)


@pytest.mark.timeout(900)
@pytest.mark.parametrize("courses", [2, *slow(20)])
def test_a_payment_is_charged_once(troubled_shop: Shop, courses: int) -> None:
    @settings(
        max_examples=courses,
        deadline=None,
        database=None,
        suppress_health_check=[HealthCheck.too_slow],
    )
    @given(COURSES)
    def take(steps: list[str]) -> None:
        expect_one_charge(troubled_shop, steps)

    take()


def expect_one_charge(shop: Shop, steps: list[str]) -> None:
    line = Line()
    payment = shop.demo.new_payment()
    shop.page.unroute_all()
    shop.page.clock.install()
    shop.page.route("**/attempts", line.attempt)
    shop.open(payment)
    for step in steps:
        take(step, shop, line)
        assert charges(shop, payment) <= 1
    line.faults.clear()
    line.release()

    # What has been charged by now is shown, or becomes so; what has not can be paid.
    shop.page.goto(shop.url(payment))
    if frame := shop.page.frame("restPaymentFrame"):
        with suppress(PlaywrightError):
            frame.wait_for_selector("#page[aria-busy=false]")
            frame.evaluate(TYPE_AND_PAY, SUCCESS)
    shop.expect_paid()
    assert charges(shop, payment) == 1
    assert shop.demo.times_paid(payment) == 1
