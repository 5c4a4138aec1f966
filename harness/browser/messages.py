"""What is seen of a payment page from outside: messages between shop and frame, and sizes."""

from dataclasses import dataclass
from typing import Any, Literal


@dataclass(frozen=True)
class Message:
    """One message between the two. `time` is in seconds since the epoch.

    `own` is whether the frame or the seller's page itself has sent it, and not some other window.
    Of BX_COMPUTED_STYLE only `named` is kept: how many properties came by name.
    """

    to: Literal["seller", "frame"]
    data: Any
    origin: str
    time: float
    own: bool


@dataclass(frozen=True)
class Size:
    """CSS px."""

    width: float
    height: float
