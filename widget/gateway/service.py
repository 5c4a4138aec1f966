"""What a gateway is made of, and what it takes for an address or an ID."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from payframe.widget.origins import matches, origin_of
from starlette.routing import BaseRoute

from payframe.database import Database

from .provider import Notification, Payment, Provider
from .shops import Shops


@dataclass(frozen=True)
class Gateway:
    """`url` is the API's own base, `page` where the payment page is; a buyer may be sent back to
    `sellers`, the shops' origins.

    An origin may have * for its subdomains and for its port, as in payframe.toml.
    """

    url: str
    page: str
    sellers: tuple[str, ...]
    store: Database
    shops: Shops
    provider: Provider

    async def close(self) -> None:
        """End the connections to portals and payment service."""
        await self.shops.close()
        if isinstance(self.provider, Closes):
            await self.provider.close()

    def returns_to(self, url: str) -> bool:
        origin = origin_of(url)
        return origin is not None and any(matches(each, origin) for each in self.sellers)


def integer(value: object) -> object:
    """A number of JSON that is whole as an int, also where it is written as 1.0; else the value."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def whole_number(value: object) -> int | None:
    """A number that the shop's page sent, which may be its digits."""
    text = "" if isinstance(value, bool) else str(integer(value))
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None


@runtime_checkable
class Closes(Protocol):
    """A provider with something to end."""

    async def close(self) -> None: ...


@runtime_checkable
class HasAccounts(Protocol):
    """A provider at which each shop can have an account, with a secret that signs its news."""

    def verify(self, notification: Notification, payment: Payment) -> None:
        """Raises SignatureError where the account of a payment's shop has not sent it.

        It is asked for the payment of each attempt that `notified` has named.
        """
        ...


@runtime_checkable
class HasPages(Protocol):
    """A provider with pages of its own beside the API."""

    def routes(self, gateway: Gateway) -> Sequence[BaseRoute]: ...
