"""What the vault keeps: what a test card does, by token. The card itself is forgotten at once."""

import secrets
import time
from dataclasses import dataclass

from ..cards import Card, TestCard

LIFETIME = 600.0
"""Seconds for which a token can be used."""


@dataclass(frozen=True)
class TokenizedCard:
    """What the gateway may know of a card that it never sees."""

    last4: str
    outcome: TestCard
    expired: bool

    def passes_luhn(self) -> bool:
        """The vault takes no other number."""
        return True

    def has_expired(self) -> bool:
        return self.expired

    def test_card(self) -> TestCard:
        return self.outcome


@dataclass
class _Kept:
    card: TokenizedCard
    until: float
    key: str = ""


class Vault:
    """Tokens, each for one attempt."""

    def __init__(self) -> None:
        self._kept: dict[str, _Kept] = {}

    def tokenize(self, card: Card) -> str:
        now = time.monotonic()
        self._kept = {token: kept for token, kept in self._kept.items() if kept.until > now}
        token = f"tok_{secrets.token_urlsafe(16)}"
        tokenized = TokenizedCard(card.last4, card.test_card(), card.has_expired())
        self._kept[token] = _Kept(tokenized, now + LIFETIME)
        return token

    def use(self, token: object, key: str) -> TokenizedCard | None:
        """The card of a token; None where there is none, or another attempt has used it.

        `key` is the attempt's Idempotency-Key: the same request may come again.
        """
        kept = self._kept.get(token) if isinstance(token, str) else None
        if kept is None or kept.until <= time.monotonic() or kept.key not in ("", key):
            return None
        kept.key = key
        return kept.card
