"""What was recorded of a form's receiver: plain data, for rules and reports."""

from dataclasses import dataclass, field

from ..recording import Request
from ..server_visit import ServerVisit
from ..window import Window


@dataclass
class Played:
    """One scene: what the buyer had before them, and requests that no form sends, by name."""

    windows: dict[str, Window] = field(default_factory=dict)
    requests: dict[str, Request] = field(default_factory=dict)


@dataclass
class FormVisit(ServerVisit[Played]):
    """`amount` is the decimal string of most payments, `shop` the origin that BX_RETURN_URL has.

    Most scenes need a page that has opened.
    """

    amount: str
    shop: str
