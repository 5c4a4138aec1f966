"""Which payment systems a payment offers, and the buyer's choice among them."""

import base64
import binascii

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..sale.handlers import handler_of
from ..store.models import Handler, Payment, PaySystem

DEFAULT_CLIENT_TYPE = "b2c"
PICTURES = {
    b"\x89PNG\r\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
    b"GIF8": "image/gif",
    b"RIFF": "image/webp",
}


def offered(session: Session, payment: Payment) -> list[PaySystem]:
    """The payment systems that the buyer may choose from, in the seller's order.

    The payment's own is always among them: the seller has set it.
    """
    found = session.scalars(select(PaySystem).order_by(PaySystem.sort, PaySystem.id))
    return [
        each
        for each in found
        if each.id == payment.pay_system_id or fits(payment, each, handler_of(session, each))
    ]


def fits(payment: Payment, pay_system: PaySystem, handler: Handler | None) -> bool:
    """Whether an active payment system takes a payment's payer type and currency."""
    if handler is None or pay_system.active != "Y":
        return False
    person_type = payment.order.person_type
    currencies = handler.settings.get("CURRENCY")
    return (
        pay_system.entity_registry_type == person_type.entity_registry_type
        and pay_system.person_type_id in (0, person_type.id)
        and (handler.settings.get("CLIENT_TYPE") or DEFAULT_CLIENT_TYPE) == person_type.client_type
        and (not isinstance(currencies, list) or not currencies or payment.currency in currencies)
    )


def choose(session: Session, payment: Payment, pay_system_id: int) -> bool:
    """Let a payment be paid through another of the offered; False where it is not offered."""
    chosen = next((each for each in offered(session, payment) if each.id == pay_system_id), None)
    if chosen is None:
        return False
    if chosen.id != payment.pay_system_id:
        payment.pay_system_id, payment.pay_system_name = chosen.id, chosen.name
        # It is the ID at the other service: this one would take it for one of its own.
        payment.ps_invoice_id = ""
    return True


def logo(pay_system: PaySystem) -> str:
    """LOGOTYPE as a data: URL; empty where it is none or no picture."""
    text = "".join(pay_system.logotip.split())
    try:
        picture = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return ""
    for start, media_type in PICTURES.items():
        if picture.startswith(start):
            return f"data:{media_type};base64,{text}"
    return ""
