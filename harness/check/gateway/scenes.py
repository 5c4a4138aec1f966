"""The scenes that are played with a gateway, by name.

Each takes a Stage and returns what it has played. Those of MONEY need the first payment to have
come to its end without a buyer: there is nobody to confirm it on another page.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from uuid import uuid4

from ..window import FOREIGN
from .page import PaymentPage
from .portal import LOOK, REPORT, Portal
from .visit import FINAL, Call, Played

PARALLEL = 32
"""Calls at the same moment with one key."""
KEYS = 8
"""Calls at the same moment with a key each."""
UNKNOWN = 987654321
"""No payment's ID."""
RAISED = "500.00"
OTHER_AMOUNT = "1.23"
RECOVERY = 60.0
"""Seconds that a gateway gets to tell the portal, once that is back."""
SETTLING = 3.0
"""Seconds in which a report that should not be would come."""


@dataclass
class Stage:
    """`paid` is whether the first payment has come to its end."""

    page: PaymentPage
    portal: Portal
    paid: bool = False
    uncounted: list[tuple[Played, str, int]] = field(default_factory=list)

    def count_later(self, played: Played, moment: str, payment_id: int) -> None:
        """Keep how often a payment is reported until everything has been played."""
        self.uncounted.append((played, moment, payment_id))

    def count(self) -> None:
        """Wait for what may still come, once for all scenes: nothing tells that nothing will."""
        if self.uncounted:
            time.sleep(SETTLING)
        for played, moment, payment_id in self.uncounted:
            played.reports[moment] = self.portal.reports(payment_id)

    def open(self, name: str, amount: str | None = None) -> tuple[int, Call]:
        """Make a payment of the shop, and open it: its ID there, and the gateway's answer."""
        payment_id = self.portal.new_payment(amount) if amount else self.portal.new_payment()
        return payment_id, self.reopen(name, payment_id)

    def reopen(self, name: str, payment_id: int) -> Call:
        return self.page.open(name, payment_id, self.portal.pay_system_of(payment_id))


def opened(stage: Stage) -> Played:
    """Payments of several amounts are opened, one of them twice, and looked at."""
    played = Played()
    payment_id, first = stage.open("open")
    played.add(first, stage.reopen("open again", payment_id))
    if first.taken:
        played.add(stage.page.look("look", str(first.answer.get("id"))))
    for amount in ("249.9", "1234567890.12"):
        played.add(stage.open(f"open {amount}", amount)[1])
    return played


def strangers(stage: Stage) -> Played:
    """What is no payment of this payment system: unknown, another one's, no number at all."""
    page, portal = stage.page, stage.portal
    own = portal.new_payment()
    other = portal.payment_of_another_system()
    system = portal.pay_system_of(own)
    played = Played()
    played.add(
        page.open("an unknown payment", UNKNOWN, system),
        page.open("a payment of another payment system", other, system),
        page.open("an unknown payment system", own, UNKNOWN),
        page.open("a text for an ID", "x", system),
        page.look("an unknown ID", uuid4().hex),
    )
    return played


def paid(stage: Stage) -> Played:
    """A payment is paid; then again with another key, and with the first one."""
    played = Played()
    payment_id, first = stage.open("open")
    key = new_key()
    played.add(first, stage.page.attempt("pay", first, key))
    outcome = stage.page.outcome("outcome", first)
    played.add(outcome)
    stage.paid = outcome.payment_status == "paid"
    played.reports["paid"] = stage.portal.reports(payment_id)
    if stage.paid:
        played.add(
            stage.page.attempt("pay again", first, new_key()),
            stage.page.attempt("the same key again", first, key),
            stage.page.outcome("outcome after that", first),
        )
        stage.count_later(played, "paid again", payment_id)
    return played


def other_amount(stage: Stage) -> Played:
    """The page says another amount than the portal; and the order changes after it was opened."""
    played = Played()
    payment_id, first = stage.open("open")
    cheap = {"value": OTHER_AMOUNT, "currency": first.amount[1]}
    played.add(stage.page.attempt("pay less", first, new_key(), amount=cheap))
    stage.count_later(played, "pay less", payment_id)
    payment_id, second = stage.open("open another")
    stage.portal.set_amount(payment_id, RAISED)
    played.add(stage.page.attempt("pay the old amount", second, new_key()))
    stage.count_later(played, "pay the old amount", payment_id)
    return played


def one_key(stage: Stage) -> Played:
    """One attempt, sent many times at the same moment."""
    key = new_key()
    return at_once(stage, {f"attempt {number}": key for number in range(1, PARALLEL + 1)})


def two_keys(stage: Stage) -> Played:
    """Attempts with keys of their own at the same moment, as from several tabs."""
    return at_once(stage, {f"tab {number}": new_key() for number in range(1, KEYS + 1)})


def cut_off(stage: Stage) -> Played:
    """The connection breaks while the attempt is under way; the page sends it again."""
    played = Played()
    payment_id, first = stage.open("open")
    key = new_key()
    stage.page.attempt_and_hang_up(first, key)
    played.add(stage.page.attempt("the same key again", first, key))
    played.add(stage.page.outcome("outcome", first))
    stage.count_later(played, "outcome", payment_id)
    return played


def declined(stage: Stage) -> Played:
    """An attempt is declined; then the buyer pays in another way."""
    played = Played()
    payment_id, first = stage.open("open")
    played.add(stage.page.attempt("decline", first, new_key(), data=stage.page.method.declined))
    played.add(stage.page.outcome("outcome of the decline", first))
    played.reports["decline"] = stage.portal.reports(payment_id)
    played.add(stage.page.attempt("pay", first, new_key()))
    played.add(stage.page.outcome("outcome", first))
    return played


def portal_down(stage: Stage) -> Played:
    """The portal fails while it should be told, and comes back."""
    played = Played()
    payment_id, first = stage.open("open")
    with stage.portal.failing(REPORT):
        played.add(stage.page.attempt("pay", first, new_key()))
        played.add(stage.page.wait("meanwhile", first, is_settled, SETTLING))
        played.reports["meanwhile"] = stage.portal.reports(payment_id)
    told = stage.page.wait(
        "outcome", first, lambda _call: bool(stage.portal.reports(payment_id)), RECOVERY
    )
    played.add(told)
    stage.count_later(played, "outcome", payment_id)
    return played


def portal_silent(stage: Stage) -> Played:
    """The portal cannot be asked for the order when the buyer pays."""
    played = Played()
    payment_id, first = stage.open("open")
    with stage.portal.failing(LOOK):
        played.add(stage.page.attempt("pay", first, new_key()))
    stage.count_later(played, "pay", payment_id)
    return played


def wrong_attempts(stage: Stage) -> Played:
    """Attempts that no gateway may take."""
    played = Played()
    _, first = stage.open("open")
    attempt = stage.page.attempt
    played.add(
        attempt("no key", first, None),
        attempt("a foreign return_url", first, new_key(), return_url=FOREIGN),
        attempt("a return_url that is a script", first, new_key(), return_url="javascript:x"),
        attempt("an unknown method", first, new_key(), method="no-such-method"),
    )
    return played


SCENES: dict[str, Callable[[Stage], Played]] = {
    scene.__name__: scene
    for scene in (
        opened,
        strangers,
        paid,
        wrong_attempts,
        other_amount,
        one_key,
        two_keys,
        cut_off,
        declined,
        portal_silent,
        portal_down,
    )
}
MONEY = ("one_key", "two_keys", "cut_off", "declined", "portal_down")
"""Those that need a payment which comes to its end by itself."""


def new_key() -> str:
    return uuid4().hex


def at_once(stage: Stage, keys: dict[str, str]) -> Played:
    played = Played()
    payment_id, first = stage.open("open")
    played.add(*stage.page.attempts_at_once(first, keys))
    played.add(stage.page.outcome("outcome", first))
    stage.count_later(played, "outcome", payment_id)
    return played


def is_settled(call: Call) -> bool:
    return call.payment_status in FINAL
