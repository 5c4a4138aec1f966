"""The messages between shop and frame, as rows of a sequence diagram."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from ...browser.messages import Message
from ..excerpt import LONGEST
from ..recording import Recording

NOTES = {
    "document": "the frame begins to load",
    "listener": "listens for messages",
    "load": "has loaded",
}
"""What a recording notes about the frame's side -> the text of its row."""


@dataclass(frozen=True)
class SequenceRow:
    """`time` is in seconds since the scene began; `text` is short, `data` complete."""

    time: float
    kind: Literal["to frame", "to seller", "note"]
    text: str
    data: str = ""


def rows(recording: Recording) -> list[SequenceRow]:
    """Oldest first, at most LONGEST."""
    found = sorted([*of_messages(recording.messages), *_notes(recording)], key=lambda row: row.time)
    return found[:LONGEST]


def of_messages(messages: list[Message]) -> list[SequenceRow]:
    return [
        SequenceRow(
            message.time,
            "to frame" if message.to == "frame" else "to seller",
            _short(message),
            json.dumps(message.data, ensure_ascii=False, indent=2),
        )
        for message in messages
    ]


def _notes(recording: Recording) -> Iterator[SequenceRow]:
    for name, text in NOTES.items():
        for time in recording.times.get(name, []):
            yield SequenceRow(time, "note", text)


def _short(message: Message) -> str:
    data: Any = message.data
    said = json.dumps(data, ensure_ascii=False)
    if isinstance(data, dict) and isinstance(params := data.get("BX_SYSTEM_PARAMS"), dict):
        said = f"the payment: {params.get('SUM')} {params.get('CURRENCY')}"
    if not message.own:
        said = f"from another window at {message.origin}: {said}"
    return said if len(said) <= 80 else f"{said[:79]}…"
