"""What is checked: a page or a server, and the handler that the shop reaches it through."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cache
from typing import TYPE_CHECKING, Any

from payframe.widget.config import Config
from payframe.widget.handler import Handler, Mapping, PaySystem
from payframe.widget.modes import MODE_KEYS, Mode
from payframe.widget.secret import is_secret_name

from .rule import Part

if TYPE_CHECKING:
    from ..server.in_process import Running

PROVIDERS = ("ORDER", "PAYMENT", "PROPERTY", "USER")
USUAL_FIELDS = {"paymentId": "PAYMENT.ID", "sum": "PAYMENT.SUM", "currency": "PAYMENT.CURRENCY"}
"""What a form sends where nothing else is said: a form has no BX_SYSTEM_PARAMS."""


@dataclass(frozen=True)
class Target:
    """A page at `url`; None is the widget, served by the checking server itself.

    `settings` are the handler's SETTINGS without ACTION_URI, `mappings` the values of its
    parameters; `amount` is a decimal string, `currency` an ISO 4217 code. `mode` is the handler's.
    """

    url: str | None
    settings: dict[str, Any]
    mappings: dict[str, Mapping]
    amount: str
    currency: str
    mode: Mode = "iframe"

    @property
    def part(self) -> Part:
        return self.mode

    @property
    def secrets(self) -> list[str]:
        """The values of the parameters that are named as secrets are."""
        return [
            mapping.VALUE
            for name, mapping in self.mappings.items()
            if is_secret_name(name) and mapping.TYPE == "VALUE" and len(mapping.VALUE) > 5
        ]

    @property
    def method(self) -> str:
        """The HTTP method by which a form is sent."""
        return str(self.settings["FORM_DATA"].get("METHOD") or "GET")

    def sent_by(self, method: str) -> "Target":
        """The same with another METHOD of its form."""
        data = {**self.settings["FORM_DATA"], "METHOD": method}
        return replace(self, settings={**self.settings, "FORM_DATA": data})

    def payments(self, server: "Running") -> tuple[str, Callable[..., int]]:
        """The page's address, and what makes a new payment through its handler.

        It takes another amount and currency, by default the target's. The handler is registered
        with the first payment.
        """
        url = self.url or server.addresses.widget
        key = MODE_KEYS[self.mode]

        @cache
        def system() -> int:
            data = {**self.settings[key], "ACTION_URI": url}
            return server.register({**self.settings, key: data}, self.mappings)

        def new_payment(amount: str = self.amount, currency: str = self.currency) -> int:
            return server.new_payment(amount, currency, through=system())

        return url, new_payment


def configured(config: Config, url: str | None, amount: str, currency: str) -> Target:
    """A page for the handler in IFrame mode that payframe.toml describes."""
    return Target(url, *of_iframe_handler(config), amount, currency)


def of_iframe_handler(config: Config) -> tuple[dict[str, Any], dict[str, Mapping]]:
    """SETTINGS of the handler in IFrame mode, and the mappings of its payment system.

    Without one a page is shown for the first handler, without FIELDS.
    """
    if config.iframe_handler:
        handler, pay_system = config.iframe_handler
        return handler.SETTINGS.model_dump(exclude_none=True), dict(pay_system.SETTINGS)
    codes = config.handler.SETTINGS.model_dump(include={"CODES"}, exclude_none=True)
    return {**codes, "IFRAME_DATA": {"FIELDS": {}}}, dict(config.paysystem.SETTINGS)


def described(
    handler: Handler, pay_system: PaySystem, url: str | None, amount: str, currency: str
) -> Target:
    """What is at `url` for a handler that payframe.toml describes."""
    settings = handler.SETTINGS.model_dump(exclude_none=True)
    mode = handler.SETTINGS.mode
    return Target(url, settings, dict(pay_system.SETTINGS), amount, currency, mode)


def with_fields(
    url: str | None, fields: dict[str, str], amount: str, currency: str, mode: Mode = "iframe"
) -> Target:
    """A page for a handler that sends just these FIELDS.

    A value is fixed, or a provider's such as PAYMENT.SUM.
    """
    if mode == "form" and not fields:
        fields = USUAL_FIELDS
    data: dict[str, Any] = {"FIELDS": {name: {"CODE": name} for name in fields}}
    if mode == "form":
        data["METHOD"] = "POST"
    settings = {
        MODE_KEYS[mode]: data,
        "CODES": {name: {"NAME": name} for name in fields},
    }
    mappings = {name: _mapping(value) for name, value in fields.items()}
    return Target(url, settings, mappings, amount, currency, mode)


def _mapping(value: str) -> Mapping:
    provider, point, field = value.partition(".")
    if point and provider in PROVIDERS and field.isupper():
        return Mapping.model_validate({"TYPE": provider, "VALUE": field})
    return Mapping(TYPE="VALUE", VALUE=value)


APPROVED_CARD = {
    "number": "4242424242424242",
    "expiry_month": 12,
    "expiry_year": 2099,
    "cvc": "123",
    "name": "Ava Thompson",
}
DECLINED_CARD = {**APPROVED_CARD, "number": "4000000000000002"}
"""Numbers that the sandboxes of most payment services know."""


@dataclass(frozen=True)
class GatewayTarget:
    """A gateway at `url`; None is the sandbox of the checking server itself.

    `handler` is what its payments go through. `approved` and `declined` are the data that `method`
    is tried with; None is not tried. `fields` are what the page would send of FIELDS.
    """

    url: str | None
    handler: Target
    method: str = "card"
    approved: dict[str, Any] = field(default_factory=lambda: dict(APPROVED_CARD))
    declined: dict[str, Any] | None = field(default_factory=lambda: dict(DECLINED_CARD))
    fields: dict[str, str] = field(default_factory=dict)

    @property
    def part(self) -> Part:
        return "gateway"
