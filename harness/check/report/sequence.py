"""What the shop and the frame said to each other, as rows of a sequence diagram."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from ...browser.seller_page import Message
from ..film import LONGEST
from ..recording import Recording

NOTES = {
    "document": "the frame begins to load",
    "listener": "listens for messages",
    "load": "has loaded",
}
"""What a recording notes about the frame's side -> how it is said."""


@dataclass(frozen=True)
class Row:
    """`time` is in seconds since the scene began; `text` says it in short, `data` in full."""

    time: float
    kind: Literal["to frame", "to seller", "note"]
    text: str
    data: str = ""


def rows(recording: Recording) -> list[Row]:
    """Oldest first, at most LONGEST."""
    found = sorted([*of_messages(recording.messages), *_notes(recording)], key=lambda row: row.time)
    return found[:LONGEST]


def of_messages(messages: list[Message]) -> list[Row]:
    return [
        Row(
            each.time,
            "to frame" if each.to == "frame" else "to seller",
            _short(each),
            json.dumps(each.data, ensure_ascii=False, indent=2),
        )
        for each in messages
    ]


def _notes(recording: Recording) -> Iterator[Row]:
    for name, text in NOTES.items():
        for time in recording.times.get(name, []):
            yield Row(time, "note", text)


def _short(message: Message) -> str:
    data: Any = message.data
    said = json.dumps(data, ensure_ascii=False)
    if isinstance(data, dict) and isinstance(params := data.get("BX_SYSTEM_PARAMS"), dict):
        said = f"the payment: {params.get('SUM')} {params.get('CURRENCY')}"
    if not message.own:
        said = f"from a stranger at {message.origin}: {said}"
    return said if len(said) <= 80 else f"{said[:79]}…"
