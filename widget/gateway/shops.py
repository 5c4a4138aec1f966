"""The portals that a gateway serves."""

import ssl
from collections.abc import Callable, Mapping

from starlette.concurrency import run_in_threadpool

from .portal_client import PortalClient
from .problems import ProblemError


class Shops:
    """Each portal by the key of its shop, with a client of its own.

    `webhook_of` finds the webhook of a key, None for an unknown one. `field` is the one of FIELDS
    that says the key; without it there is one portal, whose key is empty. `trust` is whose
    certificates are good, where it is not the usual authorities.
    """

    def __init__(
        self,
        webhook_of: Callable[[str], str | None],
        field: str = "",
        trust: ssl.SSLContext | None = None,
    ) -> None:
        self._webhook_of = webhook_of
        self._field = field
        self._trust = trust
        self._clients: dict[str, PortalClient] = {}

    def key(self, fields: Mapping[str, object]) -> str:
        """The key that the shop's page has sent in FIELDS."""
        return str(fields.get(self._field, "")) if self._field else ""

    def fields(self, key: str) -> dict[str, str]:
        """FIELDS that say a key."""
        return {self._field: key} if self._field else {}

    async def client(self, key: str) -> PortalClient:
        """Raises ProblemError for a key that no portal has."""
        # That of the only portal is at hand, those of many are in the database.
        many = bool(self._field)
        webhook = await run_in_threadpool(self._webhook_of, key) if many else self._webhook_of(key)
        if webhook is None:
            raise ProblemError(404, "shop_not_known", "This payment is not known.")
        if webhook not in self._clients:
            self._clients[webhook] = PortalClient(webhook, self._trust)
        return self._clients[webhook]

    async def close(self) -> None:
        for client in self._clients.values():
            await client.close()


def one_shop(webhook: str, trust: ssl.SSLContext | None = None) -> Shops:
    return Shops(lambda _key: webhook, trust=trust)
