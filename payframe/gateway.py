"""The server behind the payment page: what a provider's file imports, see docs/provider.md."""

from typing import TYPE_CHECKING

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

if TYPE_CHECKING:
    from starlette.applications import Starlette

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
    "application",
]


def application() -> "Starlette":
    """The gateway that payframe.toml and the environment describe, for any ASGI server.

    `uvicorn --factory payframe.gateway:application`; see docs/serve.md. Raises PayframeError.
    """
    from payframe.harness.server.gateway import application

    return application()
