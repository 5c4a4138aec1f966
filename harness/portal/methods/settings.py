"""sale.paysystem.settings.*: the values of a payment system's parameters."""

from sqlalchemy.orm import Session

from ...seller.values import parameter_values
from ...store.models import Payment, PaySystem
from ..call import Call
from ..errors import PortalError, check_failure
from .payment import find, integer


def payment_get(call: Call) -> dict[str, str]:
    """sale.paysystem.settings.payment.get: parameter code -> its value for a payment."""
    with call.store.read() as session:
        payment, pay_system = payment_of_pay_system(session, call)
        if payment.order is None:
            raise PortalError(
                "ERROR_INTERNAL_ORDER_NOT_FOUND", f"Order #{payment.order_id} not found"
            )
        return parameter_values(session, payment, pay_system)


def payment_of_pay_system(session: Session, call: Call) -> tuple[Payment, PaySystem]:
    """PAYMENT_ID and PAY_SYSTEM_ID of a call, checked in the platform's order and words."""
    pay_system_id, payment_id = call.params.get("PAY_SYSTEM_ID"), call.params.get("PAYMENT_ID")
    if pay_system_id in (None, "", 0, "0"):
        raise check_failure("Empty field PAY_SYSTEM_ID!")
    if payment_id in (None, "", 0, "0"):
        raise check_failure("Empty field PAYMENT_ID")
    number = integer(pay_system_id)
    pay_system = None if number is None else session.get(PaySystem, number)
    if pay_system is None:
        raise check_failure("Pay system not found")
    payment = find(session, payment_id)
    if payment is None or payment.pay_system_id != pay_system.id:
        raise check_failure(
            f"Payment with ID={payment_id} and PAY_SYSTEM_ID={pay_system_id} not found"
        )
    return payment, pay_system
