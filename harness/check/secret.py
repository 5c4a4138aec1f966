"""Fields that are named as secrets are: what they hold is looked for, and shown to nobody."""

import re
from dataclasses import replace

from ..browser.seller_page import Message
from .recording import Recording

NAMED_SO = re.compile(r"secret|passw|private|(api|service|access|shop)[_-]?key", re.IGNORECASE)
LONG_ENOUGH = 6
"""Characters: a shorter value is found everywhere by chance."""
MASK = "•••"


def secrets(recording: Recording) -> list[str]:
    """The values of such fields in the shop's messages."""
    return sorted({value for each in recording.handshakes for value in _named(each.data).values()})


def masked(text: str, values: list[str]) -> str:
    for value in values:
        text = text.replace(value, MASK)
    return text


def without_secrets(message: Message) -> Message:
    """A message as it may be put into a report."""
    if not isinstance(message.data, dict):
        return message
    return replace(message, data={**message.data, **dict.fromkeys(_named(message.data), MASK)})


def _named(data: dict[str, object]) -> dict[str, str]:
    return {
        name: value
        for name, value in data.items()
        if NAMED_SO.search(name) and isinstance(value, str) and len(value) >= LONG_ENOUGH
    }
