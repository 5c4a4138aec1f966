"""IFrame mode: what the payment page needs to show the handler's page and talk to it."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from ..store.models import Handler, Payment
from .values import parameter_values


@dataclass(frozen=True)
class Frame:
    """`data` is the message to the frame, less the style that only the browser knows."""

    action_uri: str
    data: dict[str, Any]


def frame(session: Session, payment: Payment, handler: Handler, return_url: str) -> Frame:
    """The frame of a payment. A field that the buyer would fill in is not part of the message."""
    iframe_data = handler.settings["IFRAME_DATA"]
    values = parameter_values(session, payment, payment.pay_system)
    fields = {
        name: values.get(field["CODE"], "")
        for name, field in (iframe_data.get("FIELDS") or {}).items()
        if isinstance(field.get("CODE"), str)
    }
    return Frame(
        iframe_data["ACTION_URI"],
        {**fields, "BX_SYSTEM_PARAMS": system_params(payment, return_url)},
    )


def system_params(payment: Payment, return_url: str) -> dict[str, Any]:
    params: dict[str, Any] = {
        "RETURN_URL": return_url,
        "PAYSYSTEM_ID": payment.pay_system_id,
        "PAYMENT_ID": payment.id,
        "SUM": payment.sum,
        "CURRENCY": payment.currency,
    }
    if payment.ps_invoice_id:
        params["EXTERNAL_PAYMENT_ID"] = payment.ps_invoice_id
    return params
