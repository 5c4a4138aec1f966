"""What WebDriver and WebDriver BiDi have in common: scripts and input, as JSON.

Functions go over with their arguments inlined and come back as text, so that a value is the same in
every protocol. Input is described at https://w3c.github.io/webdriver/#actions.
"""

import json
from typing import Any

KEYS = {"\t": "\ue004", "\r": "\ue006"}
"""Tab and Enter, as both protocols name them."""


def call(function: str, arguments: tuple[object, ...]) -> str:
    """An expression whose value is a promise of the function's result as JSON, or of undefined."""
    return f"(async () => JSON.stringify(await ({function})(...{json.dumps(arguments)})))()"


def click(x: float, y: float) -> list[dict[str, Any]]:
    """One click of the mouse."""
    actions: list[dict[str, Any]] = [
        {"type": "pointerMove", "x": round(x), "y": round(y)},
        {"type": "pointerDown", "button": 0},
        {"type": "pointerUp", "button": 0},
    ]
    return [{"type": "pointer", "id": "mouse", "actions": actions}]


def strokes(text: str) -> list[dict[str, Any]]:
    """Each character's key, pressed and released."""
    keys = [KEYS.get(character, character) for character in text]
    actions = [{"type": kind, "value": key} for key in keys for kind in ("keyDown", "keyUp")]
    return [{"type": "key", "id": "keyboard", "actions": actions}]
