"""Fields that are named as secrets are: their values are looked for, and shown to nobody."""

import re
from dataclasses import replace

from payframe.widget.secret import is_secret_name

from ..browser.messages import Message
from .recording import Recording

LONG_ENOUGH = 6
"""Characters: a shorter value is found everywhere by chance."""
MASK = "•••"
ACCESS_KEY = re.compile(r"((?:[?&]|%3F|%26)access(?:=|%3D))[^&#%\s\"'<>\\\\]+", re.IGNORECASE)
"""In RETURN_URL, also where that is in a query itself: whoever has it sees the buyer's order."""


def secrets(recording: Recording) -> list[str]:
    """The values of such fields in the shop's messages."""
    return sorted(
        {
            value
            for message in recording.handshakes
            for value in _secret_fields(message.data).values()
        }
    )


def masked(text: str, values: list[str]) -> str:
    for value in values:
        text = text.replace(value, MASK)
    return text


def hidden(text: str, values: list[str]) -> str:
    """A text of a request or an answer as it may be put into a report."""
    return ACCESS_KEY.sub(rf"\1{MASK}", masked(text, values))


def without_secrets(message: Message) -> Message:
    """A message as it may be put into a report."""
    if not isinstance(message.data, dict):
        return message
    hidden: dict[str, object] = dict.fromkeys(_secret_fields(message.data), MASK)
    params = message.data.get("BX_SYSTEM_PARAMS")
    if isinstance(params, dict) and isinstance(params.get("RETURN_URL"), str):
        url = ACCESS_KEY.sub(rf"\1{MASK}", params["RETURN_URL"])
        hidden["BX_SYSTEM_PARAMS"] = {**params, "RETURN_URL": url}
    return replace(message, data={**message.data, **hidden})


def _secret_fields(data: dict[str, object]) -> dict[str, str]:
    return {
        name: value
        for name, value in data.items()
        if is_secret_name(name) and isinstance(value, str) and len(value) >= LONG_ENOUGH
    }
