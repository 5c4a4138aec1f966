"""The portals of many shops, in the database: their webhooks are encrypted there.

A webhook is as good as a password. The key that opens them is in the environment alone.
"""

from collections.abc import Callable, Sequence

from cryptography.fernet import Fernet, InvalidToken
from sqlalchemy import delete, select

from payframe.database import Database
from payframe.errors import PayframeError

from .ledger import LedgerShop


class PortalsError(PayframeError):
    """The key is wrong, or a shop is not there."""


def cipher(key: str) -> Fernet:
    """Of a key as `payframe portals key` makes them. Raises PortalsError."""
    try:
        return Fernet(key)
    except ValueError as error:
        raise PortalsError(
            "PAYFRAME_KEY is not a key: `payframe portals key` makes one."
        ) from error


def new_key() -> str:
    return Fernet.generate_key().decode()


def add(store: Database, key: Fernet, shop: str, webhook: str) -> None:
    """The webhook of a shop's portal, in place of the one that it had."""
    with store.write() as session:
        sealed = key.encrypt(webhook.encode()).decode()
        session.merge(LedgerShop(key=shop, webhook=sealed))


def remove(store: Database, shop: str) -> None:
    """Its payments stay, and can no longer be opened or settled. Raises PortalsError."""
    with store.write() as session:
        removed = session.execute(delete(LedgerShop).where(LedgerShop.key == shop))
        if not removed.rowcount:  # type: ignore[attr-defined]
            raise PortalsError(f"No shop has the key {shop!r}: `payframe portals list`.")


def listed(store: Database) -> Sequence[LedgerShop]:
    with store.read() as session:
        return session.scalars(select(LedgerShop).order_by(LedgerShop.key)).all()


def webhooks(store: Database, key: Fernet) -> Callable[[str], str | None]:
    """Finds the webhook of a shop, None where there is no such shop."""

    def webhook_of(shop: str) -> str | None:
        with store.read() as session:
            found = session.get(LedgerShop, shop)
        try:
            return key.decrypt(found.webhook.encode()).decode() if found else None
        except InvalidToken as error:
            raise PortalsError(
                f"PAYFRAME_KEY does not open the webhook of {shop!r}: it was added with another."
            ) from error

    return webhook_of
