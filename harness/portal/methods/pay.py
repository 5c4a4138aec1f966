"""sale.paysystem.pay.*: the payment service reports that it has the money."""

from ...store.models import now
from ..call import Call
from ..errors import PortalError
from .settings import payment_of_pay_system

REPORTED = (
    "PS_INVOICE_ID",
    "PS_STATUS_CODE",
    "PS_STATUS_DESCRIPTION",
    "PS_STATUS_MESSAGE",
    "PS_SUM",
    "PS_CURRENCY",
    "PS_RECURRING_TOKEN",
    "PS_CARD_NUMBER",
)


def payment(call: Call) -> bool:
    """sale.paysystem.pay.payment: the payment becomes paid. Paying a paid one changes nothing."""
    with call.store.write() as session:
        found, _ = payment_of_pay_system(session, call)
        if found.paid == "Y":
            return True
        reported = {name: call.params[name] for name in REPORTED if name in call.params}
        if any(not isinstance(value, str | int | float) for value in reported.values()):
            raise PortalError("ERROR_PROCESS_REQUEST_RESULT", "A PS_* field is not a plain value")
        for name, value in reported.items():
            setattr(found, name.lower(), str(value))
        moment = now()
        found.paid = found.ps_status = "Y"
        found.ps_response_date = found.date_paid = moment
        found.pay_voucher_date = moment.date()
        return True
