"""A buyer in the shop, in any engine: points at what can be read, types, and looks."""

import time
from collections.abc import Callable
from typing import Any, TypeVar

from tests.e2e.demo import Demo
from tests.e2e.widget_page import SUCCESS
from tests.engines.engine import Engine, ScriptError

PATIENCE = 10.0
"""Seconds after which something will not come any more."""

CARD = ("Card number", "Expiry date", "Security code", "Name on card")

# Where to click on what carries exactly this text, once that moves no more.
FIND = """async (text) => {
  const found = [...document.querySelectorAll("label, button, a")].find((each) =>
    each.checkVisibility() && each.textContent.trim() === text);
  if (!found) throw Error(`nothing says "${text}"`);
  found.scrollIntoView({ block: "nearest", behavior: "instant" });
  const middle = () => {
    const { left, top, width, height } = found.getBoundingClientRect();
    return [left + width / 2, top + height / 2, innerHeight];
  };
  let before;
  for (let at = middle(); `${at}` !== `${before}`; at = middle()) {
    before = at;
    for (let frame = 0; frame < 3; frame++) {
      await new Promise((drawn) => requestAnimationFrame(drawn));
    }
  }
  return before.slice(0, 2);
}"""

Seen = TypeVar("Seen")


class Buyer:
    def __init__(self, engine: Engine, demo: Demo) -> None:
        self.engine = engine
        self.demo = demo
        self.run = engine.run

    def open(self, payment: int, theme: str = "light") -> None:
        """Open a payment page, and wait until the widget can take the payment."""
        self.engine.open(f"{self.demo.addresses.seller}/payments/{payment}?theme={theme}")
        self.expect_state("ready")

    def click(self, text: str) -> None:
        """Click on a label, a button or a link inside the frame, as soon as it is there."""
        self.engine.click(*until(lambda: self.run(FIND, text)))

    def type(self, text: str, *, inside: bool = True) -> None:
        self.engine.type(text, inside=inside)

    def fill_card(self, number: str = SUCCESS) -> None:
        for label, text in zip(CARD, (number, "1230", "123", "Ava Thompson"), strict=True):
            self.replace(label, text)

    def replace(self, label: str, text: str) -> None:
        """Type into a field in place of what is there."""
        self.click(label)
        self.run("() => document.activeElement.select()")
        self.type(text)

    def pay(self, number: str = SUCCESS) -> None:
        self.fill_card(number)
        self.click("Pay $100.00")

    def measure(self, function: str) -> Any:
        """What a function of the widget's #page sees, in the frame."""
        return self.run(f"() => ({function})(document.getElementById('page'))")

    @property
    def focused(self) -> str:
        """What has the focus inside the frame, by its label or its own text."""
        name: str = self.run(
            """() => { const e = document.activeElement;
              return (e.labels?.[0] ?? e).textContent.trim() || e.tagName }"""
        )
        return name

    def state(self) -> str | None:
        state: str | None = self.run("() => document.getElementById('page')?.dataset.state")
        return state

    def expect_state(self, state: str) -> None:
        expect(self.state, state)

    def expect_text(self, text: str) -> None:
        """Something inside the frame says it."""
        until(lambda: self.run("(text) => document.body.innerText.includes(text)", text))

    def expect_paid(self) -> None:
        """The shop's page says so, after the widget has come back to it."""
        until(lambda: self.run("() => document.body.innerText.includes(' is paid')", inside=False))


def until(look: Callable[[], Seen]) -> Seen:
    """What `look` sees, as soon as it is anything; it may fail while a page is being left."""
    end = time.monotonic() + PATIENCE
    while True:
        try:
            if (seen := look()) or time.monotonic() > end:
                assert seen
                return seen
        except ScriptError:
            if time.monotonic() > end:
                raise
        time.sleep(0.02)


def expect(look: Callable[[], Any], wanted: object) -> None:
    """Wait until `look` sees exactly this."""
    seen: list[object] = []

    def is_there() -> bool:
        seen[:] = [look()]
        return seen == [wanted]

    try:
        until(is_there)
    except AssertionError:
        raise AssertionError(f"not {wanted!r} but {seen[0]!r}") from None
