"""What is checked: a page, and the handler that the shop shows it for."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from payframe.widget.config import Config, Mapping

if TYPE_CHECKING:
    from ..server.in_process import Running


@dataclass(frozen=True)
class Target:
    """A page at `url`; None is the widget, served by the checking server itself.

    `settings` are the handler's SETTINGS without ACTION_URI, `mappings` the values of its
    parameters; `amount` is a decimal string, `currency` an ISO 4217 code.
    """

    url: str | None
    settings: dict[str, Any]
    mappings: dict[str, Mapping]
    amount: str
    currency: str

    def payments(self, server: "Running") -> tuple[str, Callable[[], int]]:
        """The page's address, and what makes a new payment whose frame shows it.

        Its handler is registered with the first payment.
        """
        url = self.url or server.addresses.widget

        @cache
        def system() -> int:
            data = {**self.settings["IFRAME_DATA"], "ACTION_URI": url}
            return server.register({**self.settings, "IFRAME_DATA": data}, self.mappings)

        return url, lambda: server.new_payment(self.amount, self.currency, through=system())


def configured(config: Config, url: str | None, amount: str, currency: str) -> Target:
    """A page for the handler that payframe.toml describes."""
    settings = config.handler.SETTINGS.model_dump(exclude_none=True)
    return Target(url, settings, dict(config.paysystem.SETTINGS), amount, currency)


def with_fields(url: str | None, fields: dict[str, str], amount: str, currency: str) -> Target:
    """A page for a handler that sends just these FIELDS, each with a fixed value."""
    settings = {
        "IFRAME_DATA": {"FIELDS": {name: {"CODE": name} for name in fields}},
        "CODES": {name: {"NAME": name} for name in fields},
    }
    mappings = {name: Mapping(TYPE="VALUE", VALUE=value) for name, value in fields.items()}
    return Target(url, settings, mappings, amount, currency)
