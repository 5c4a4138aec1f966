"""The three operating modes of a REST payment handler, and the keys of SETTINGS they come from."""

from typing import Literal

Mode = Literal["iframe", "checkout", "form"]

MODES: dict[str, Mode] = {
    "IFRAME_DATA": "iframe",
    "CHECKOUT_DATA": "checkout",
    "FORM_DATA": "form",
}
"""Key of SETTINGS -> operating mode, in the order in which the payment page looks for them."""
MODE_KEYS: dict[Mode, str] = {mode: key for key, mode in MODES.items()}
