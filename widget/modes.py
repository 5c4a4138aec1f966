"""The three operating modes of a REST payment handler, and the keys of SETTINGS they come from."""

from typing import Literal

Mode = Literal["iframe", "checkout", "form"]
DataKey = Literal["IFRAME_DATA", "CHECKOUT_DATA", "FORM_DATA"]

MODES: dict[DataKey, Mode] = {
    "IFRAME_DATA": "iframe",
    "CHECKOUT_DATA": "checkout",
    "FORM_DATA": "form",
}
"""Key of SETTINGS -> operating mode, in the order in which the payment page looks for them."""
MODE_KEYS: dict[Mode, DataKey] = {mode: key for key, mode in MODES.items()}
