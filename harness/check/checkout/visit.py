"""What was recorded of a checkout server: plain data, for rules and reports."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ..finding import Exchange
from ..recording import Request
from ..server_visit import ServerVisit
from ..window import Window

if TYPE_CHECKING:
    from ...seller.checkout import CheckoutAnswer


OTHER_SUM = "1.23"
"""An amount that no order of the check has, but the one that is made for it."""


@dataclass(frozen=True)
class Call:
    """One call of ACTION_URI. `answer` is what the platform takes from it; `amount` is the
    payment's, a decimal string.
    """

    name: str
    payment_id: int
    amount: str
    request: Request
    answer: "CheckoutAnswer"

    @property
    def registered(self) -> bool:
        """Whether the buyer gets a page to pay on."""
        return bool(self.answer.payment_url)

    @property
    def refused(self) -> bool:
        """Whether the buyer reads why not: the platform shows nothing else of an answer."""
        return self.request.status == 200 and self.answer.cause.startswith("the handler refused")

    @property
    def evidence(self) -> Exchange:
        return Exchange(self.request, self.name)


@dataclass
class Played:
    """One scene: its calls by the names that the scene gives them, and the pages that it opened."""

    calls: dict[str, Call] = field(default_factory=dict)
    windows: dict[str, Window] = field(default_factory=dict)


class CheckoutVisit(ServerVisit[Played]):
    """Most scenes need a payment that could be registered."""

    @property
    def calls(self) -> list[Call]:
        return [call for played in self.scenes.values() for call in played.calls.values()]
