"""What a rule has found, with its evidence."""

import math
from dataclasses import dataclass, field
from typing import Any, Literal

from ..browser.messages import Message
from .recording import Moment, Recording, Request
from .secret import without_secrets
from .window import Window

Severity = Literal["error", "warning", "info"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info")


@dataclass(frozen=True)
class Picture:
    """What the buyer saw in a scene, as PNG.

    `width` is that of their window, in CSS px, where the whole of it is the payment service's.
    """

    scene: str
    moment: str
    png: bytes = field(repr=False)
    width: int | None = None

    def as_json(self) -> dict[str, Any]:
        return {"kind": "picture", "scene": self.scene, "moment": self.moment}


@dataclass(frozen=True)
class MessageLog:
    """The messages of a scene either way; where there were many, the first ones."""

    scene: str
    messages: list[Message]

    def as_json(self) -> dict[str, Any]:
        shown = [
            {"to": message.to, "origin": message.origin, "data": _as_json(message.data)}
            for message in self.messages
        ]
        return {"kind": "messages", "scene": self.scene, "messages": shown}


@dataclass(frozen=True)
class Exchange:
    """A request and what came back. `name` says which one it is, where there are several."""

    request: Request
    name: str = ""

    def as_json(self) -> dict[str, Any]:
        request = self.request
        texts = {"name": self.name, "sent": request.sent, "received": request.received}
        return {
            "kind": "request",
            "method": request.method,
            "url": request.url,
            "status": request.status,
            "headers": request.headers,
            **{key: text for key, text in texts.items() if text},
        }


@dataclass(frozen=True)
class Quote:
    """The beginning of an element's HTML, or whatever else of the page can be quoted."""

    html: str

    def as_json(self) -> dict[str, Any]:
        return {"kind": "element", "html": self.html}


def _as_json(data: Any) -> Any:
    """A message's data as JSON can hold it; NaN and the infinities become text."""
    match data:
        case dict():
            return {name: _as_json(value) for name, value in data.items()}
        case list():
            return [_as_json(item) for item in data]
        case float() if not math.isfinite(data):
            return str(data)
    return data


Evidence = Picture | MessageLog | Exchange | Quote

LONGEST_LOG = 50


def picture(recording: Recording, moment: Moment) -> Picture:
    return Picture(recording.scene, moment.name, moment.picture)


def seen(window: Window, moment: str) -> Picture | Quote:
    """What a buyer has seen in a window, or its address where there is no picture."""
    if not window.picture:
        return Quote(window.url)
    return Picture("window", moment, window.picture, window.width)


def message_log(recording: Recording) -> MessageLog:
    return MessageLog(recording.scene, list(map(without_secrets, recording.messages[:LONGEST_LOG])))


@dataclass(frozen=True)
class Breach:
    """What a rule says of a visit: one sentence or two, and the evidence."""

    message: str
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True)
class Finding:
    """A breach of a rule, with what the reader needs of the rule."""

    rule: str
    severity: Severity
    message: str
    fix: str
    evidence: tuple[Evidence, ...]

    def as_json(self) -> dict[str, Any]:
        return {
            "rule": self.rule,
            "severity": self.severity,
            "message": self.message,
            "fix": self.fix,
            "evidence": [item.as_json() for item in self.evidence],
        }
