"""The server behind the payment page: what a provider's file imports, see docs/provider.md."""

from payframe.widget.gateway.provider import (
    Action,
    ActionRequired,
    Attempt,
    Authorized,
    Charged,
    Code,
    Declined,
    Instrument,
    Method,
    Money,
    Notification,
    Outcome,
    Payment,
    Processing,
    Provider,
    Redirect,
    RefusedError,
    SignatureError,
    Transfer,
)
from payframe.widget.gateway.service import Gateway
from payframe.widget.gateway.settlement import Settlement

__all__ = [
    "Action",
    "ActionRequired",
    "Attempt",
    "Authorized",
    "Charged",
    "Code",
    "Declined",
    "Gateway",
    "Instrument",
    "Method",
    "Money",
    "Notification",
    "Outcome",
    "Payment",
    "Processing",
    "Provider",
    "Redirect",
    "RefusedError",
    "Settlement",
    "SignatureError",
    "Transfer",
]
