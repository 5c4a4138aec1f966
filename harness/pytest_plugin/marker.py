"""@pytest.mark.payframe(...): what a test asks of the shop and of the page under test."""

from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

import pytest
from payframe.widget.config import load

from ..check.target import Target, configured, with_fields

THEMES = ("light", "dark", "brand")


@dataclass(frozen=True)
class Marked:
    """`amount` is a decimal string, `currency` an ISO 4217 code, by default one that payframe.toml
    takes; `viewport` is the width and height of the browser's window in CSS px, None as
    pytest-playwright has it.

    `url` and `fields` are those of the fixtures payframe_url and payframe_fields where None.
    """

    url: str | None = None
    fields: dict[str, str] | None = None
    amount: str = "100.00"
    currency: str | None = None
    theme: str = "light"
    viewport: tuple[int, int] | None = None

    def target(self, url: str | None, fields: dict[str, str] | None, config: Path | None) -> Target:
        """What is shown, given what the fixtures say. Raises ConfigError."""
        url = self.url or url
        fields = fields if self.fields is None else self.fields
        if config and fields is None:
            loaded = load(config)
            return configured(loaded, url, self.amount, self.currency or loaded.currency)
        return with_fields(url, fields or {}, self.amount, self.currency or "USD")


def read_markers(item: pytest.Item) -> Marked:
    """The markers of a test, its class and its module, the closest one first.

    What cannot be used fails the test with one sentence.
    """
    known = [field.name for field in fields(Marked)]
    given: dict[str, Any] = {}
    for marker in item.iter_markers("payframe"):
        unknown = [*map(repr, marker.args), *(name for name in marker.kwargs if name not in known)]
        if unknown:
            _refuse(f"there is no argument {unknown[0]}; they are {', '.join(known)}")
        given = {**marker.kwargs, **given}
    marked = Marked(**given)
    if problem := _problem(marked):
        _refuse(problem)
    return marked


def _problem(marked: Marked) -> str | None:
    match asdict(marked):
        case {"theme": theme} if theme not in THEMES:
            return f"theme is one of {', '.join(THEMES)}, not {theme!r}"
        case {"viewport": viewport} if viewport is not None and not _is_viewport(viewport):
            return f"viewport is (width, height) in CSS px, not {viewport!r}"
        case {"amount": amount} if not isinstance(amount, str):
            return f"amount is a string such as '100.00', not {amount!r}"
        case {"url": str(url)} if not url.startswith(("http://", "https://")):
            return f"url begins with http:// or https://, unlike {url!r}"
    return None


def _is_viewport(value: Any) -> bool:
    return isinstance(value, tuple) and [type(item) for item in value] == [int, int]


def _refuse(problem: str) -> None:
    pytest.fail(f"@pytest.mark.payframe: {problem}.", pytrace=False)
