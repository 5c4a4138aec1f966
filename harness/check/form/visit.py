"""What was recorded of a form's receiver: plain data, for rules and reports."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from ..recording import Request
from ..window import Window


@dataclass
class Played:
    """One scene: what the buyer had before them, and requests that no form sends, by name."""

    windows: dict[str, Window] = field(default_factory=dict)
    requests: dict[str, Request] = field(default_factory=dict)


@dataclass
class FormVisit:
    """`amount` is the decimal string of most payments, `shop` the origin that BX_RETURN_URL has."""

    url: str
    amount: str
    shop: str
    secrets: list[str]
    scenes: dict[str, Played] = field(default_factory=dict)

    def __getitem__(self, scene: str) -> Played:
        return self.scenes[scene]

    def shown(self, scenes: Iterable[str]) -> bool:
        """Whether these scenes were played: most need a page that has opened."""
        return all(scene in self.scenes for scene in scenes)
