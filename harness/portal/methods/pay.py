"""sale.paysystem.pay.*: the payment service reports that it has the money."""

from typing import Any

from ...store.models import Payment, now
from ..call import MethodCall
from ..errors import PortalError, check_failure
from ..parameters import AMOUNT, empty
from .settings import (
    check_pay_system_or_handler,
    find_for_invoice,
    find_invoice,
    invoice_payment,
    payment_of_pay_system,
)

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


def payment(call: MethodCall) -> bool:
    """sale.paysystem.pay.payment: the payment becomes paid. Paying a paid one changes nothing."""
    with call.store.write() as session:
        found, _ = payment_of_pay_system(session, call)
        return _pay(call, found)


def invoice(call: MethodCall) -> bool:
    """sale.paysystem.pay.invoice: the invoice's payment becomes paid."""
    params = call.params
    if not call.options.invoices:
        raise PortalError("ERROR_INVOICE_NO_SUPPORTED", "Pay invoice is not supported!")
    check_pay_system_or_handler(params)
    with call.store.write() as session:
        pay_system = find_for_invoice(session, call, "CRM_INVOICE")
        if empty(params.get("INVOICE_ID")):
            raise check_failure("Empty field INVOICE_ID!")
        find_invoice(session, params["INVOICE_ID"])
        if pay_system is None:
            raise PortalError("ERROR_PROCESS_REQUEST_RESULT", "Pay system not found")
        return _pay(call, invoice_payment(session, params["INVOICE_ID"], pay_system))


def _pay(call: MethodCall, found: Payment) -> bool:
    if found.paid == "Y":
        return True
    for name, value in _reported(call.params).items():
        setattr(found, name.lower(), value)
    moment = now()
    found.paid = found.ps_status = "Y"
    found.ps_response_date = found.date_paid = moment
    found.pay_voucher_date = moment.replace(hour=0, minute=0, second=0, microsecond=0)
    return True


def _reported(params: dict[str, Any]) -> dict[str, str]:
    """The PS_* fields of a call that are given. Raises PortalError where one cannot be stored."""
    reported = {name: params[name] for name in REPORTED if params.get(name) is not None}
    if any(not isinstance(value, str | int | float) for value in reported.values()):
        raise PortalError("ERROR_PROCESS_REQUEST_RESULT", "A PS_* field is not a plain value")
    texts = {name: str(value) for name, value in reported.items()}
    if "PS_SUM" in texts and not AMOUNT.fullmatch(texts["PS_SUM"]):
        raise PortalError("ERROR_PROCESS_REQUEST_RESULT", "PS_SUM is not an amount")
    return texts
