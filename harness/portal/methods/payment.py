"""sale.payment.*: the payments of orders."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from ...store.models import Payment
from ..call import Call
from ..errors import PortalError


def get(call: Call) -> dict[str, Any]:
    """sale.payment.get: {"payment": {...}}."""
    if call.params.get("ID") in (None, ""):
        raise PortalError("100", "Could not find value for parameter {id}")
    with call.store.read() as session:
        payment = find(session, call.params["ID"])
        if payment is None:
            raise PortalError("200640400001", "payment does not exist")
        return {"payment": describe(payment)}


def find(session: Session, payment_id: Any) -> Payment | None:
    """The payment with an ID as it comes in a call, a number or its digits."""
    number = integer(payment_id)
    return None if number is None else session.get(Payment, number)


def integer(value: Any) -> int | None:
    """An ID as it comes in a call: a number or its digits; None where it is neither."""
    text = str(value).strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None


def describe(payment: Payment) -> dict[str, Any]:
    """A payment as sale.payment.get returns it. Sums are numbers, as on the platform."""
    return {
        "accountNumber": payment.account_number,
        "companyId": payment.company_id,
        "currency": payment.currency,
        "dateBill": _time(payment.date_bill),
        "datePaid": _time(payment.date_paid),
        "datePayBefore": _time(payment.date_pay_before),
        "id": payment.id,
        "orderId": payment.order_id,
        "paid": payment.paid,
        "paySystemId": payment.pay_system_id,
        "paySystemName": payment.pay_system_name,
        "payReturnComment": payment.pay_return_comment,
        "payReturnDate": _time(payment.pay_return_date),
        "payReturnNum": payment.pay_return_num,
        "payVoucherDate": _time(payment.pay_voucher_date),
        "payVoucherNum": payment.pay_voucher_num,
        "psCurrency": payment.ps_currency,
        "psInvoiceId": payment.ps_invoice_id,
        "psResponseDate": _time(payment.ps_response_date),
        "psStatus": payment.ps_status,
        "psStatusCode": payment.ps_status_code,
        "psStatusDescription": payment.ps_status_description,
        "psStatusMessage": payment.ps_status_message,
        "psSum": _number(payment.ps_sum),
        "sum": _number(payment.sum),
        "xmlId": payment.xml_id,
    }


def _time(value: datetime | date | None) -> str | None:
    return value.isoformat() if value else None


def _number(value: str | None) -> Decimal | None:
    """A decimal as a JSON number without trailing zeros and without an exponent."""
    if value is None:
        return None
    whole, _, fraction = value.partition(".")
    fraction = fraction.rstrip("0")
    return Decimal(f"{whole}.{fraction}" if fraction else whole)
