"""IFrame mode: what the payment page needs to show the handler's page and talk to it."""

from dataclasses import dataclass
from typing import Any

from ..sale.fields import mode_data, read_fields, system_params
from ..sale.values import Value
from ..store.models import Handler, Payment


@dataclass(frozen=True)
class Frame:
    """`data` is the message to the frame, less the style that only the browser knows."""

    action_uri: str
    data: dict[str, Any]


def frame(payment: Payment, handler: Handler, values: dict[str, Value], return_url: str) -> Frame:
    """The frame of a payment. A field that the buyer would fill in is not part of the message.

    Raises NotShownError.
    """
    data = mode_data(handler, "IFRAME_DATA")
    fields = {
        each.name: each.value
        for each in read_fields(data, handler, values)
        if each.code is not None
    }
    return Frame(
        data["ACTION_URI"], {**fields, "BX_SYSTEM_PARAMS": system_params(payment, return_url)}
    )
