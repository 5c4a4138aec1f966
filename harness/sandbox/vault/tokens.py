"""What the vault keeps: what a test card does, by token. The card itself is forgotten at once."""

import secrets
import time
from dataclasses import dataclass

from payframe.gateway import Instrument

from ..cards import Card

LIFETIME = 600.0
"""Seconds for which a token can be used."""


@dataclass
class _Kept:
    instrument: Instrument
    until: float
    attempt_id: str = ""


class Vault:
    """Tokens, each for one attempt."""

    def __init__(self) -> None:
        self._kept: dict[str, _Kept] = {}

    def tokenize(self, card: Card) -> str:
        now = time.monotonic()
        self._kept = {token: kept for token, kept in self._kept.items() if kept.until > now}
        token = f"tok_{secrets.token_urlsafe(16)}"
        self._kept[token] = _Kept(card.instrument(), now + LIFETIME)
        return token

    def find(self, token: object) -> Instrument | None:
        """What the gateway may know of a card that it never sees."""
        kept = self._kept.get(token) if isinstance(token, str) else None
        return kept.instrument if kept and kept.until > time.monotonic() else None

    def use(self, token: object, attempt_id: str) -> bool:
        """Whether a token is this attempt's: the first that comes with it has it."""
        kept = self._kept.get(token) if isinstance(token, str) else None
        if kept is None or kept.attempt_id not in ("", attempt_id):
            return False
        kept.attempt_id = attempt_id
        return True
