"""sale.paysystem.settings.*: the values of a payment system's parameters."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ...sale import warnings
from ...sale.handlers import codes_of, handler_by_code, handler_of
from ...sale.mappings import mappings_of
from ...sale.values import parameter_values
from ...store.models import Order, Payment, PaySystem
from ..auth import allow_application
from ..call import MethodCall
from ..errors import PortalError, check_failure, not_defined
from ..parameters import empty, integer
from .mapping import set_mappings
from .pay_system import allow_pay_system


def get(call: MethodCall) -> dict[str, Any]:
    """sale.paysystem.settings.get: code -> {TYPE, VALUE}, null where nothing is set.

    The vendor's example has plain values instead; those come with Options.plain_settings.
    """
    for name in ("PERSON_TYPE_ID", "ID"):
        if call.params.get(name) is None:
            raise not_defined(name)
    with call.store.read() as session:
        pay_system = _pay_system(session, call.params["ID"], "Pay system not found")
        allow_pay_system(session, call, pay_system)
        person_type_id = integer(call.params["PERSON_TYPE_ID"]) or 0
        codes = codes_of(handler_of(session, pay_system))
        mappings = mappings_of(session, pay_system.id, person_type_id, codes)
    if call.options.plain_settings:
        return {code: mapping.value for code, mapping in mappings.items()}
    return {
        code: {"TYPE": mapping.type, "VALUE": mapping.value} for code, mapping in mappings.items()
    }


def update(call: MethodCall) -> bool:
    """sale.paysystem.settings.update: PERSON_TYPE_ID 0 or none sets them for all payer types."""
    params = call.params
    if params.get("ID") is None:
        raise not_defined("ID")
    with call.store.write() as session:
        pay_system = _pay_system(session, params["ID"], "Pay system not found")
        settings = params.get("SETTINGS")
        if empty(settings):
            raise PortalError(
                "ERROR_HANDLER_NOT_FOUND", "Parameter SETTINGS is not defined or empty"
            )
        allow_pay_system(session, call, pay_system)
        person_type_id = integer(params.get("PERSON_TYPE_ID")) or 0
        set_mappings(session, pay_system.id, person_type_id, settings, "ERROR_CHECK_FAILURE")
        handler = handler_of(session, pay_system)
        call.warnings.extend(warnings.of_mappings(settings, handler.settings if handler else {}))
        return True


def payment_get(call: MethodCall) -> dict[str, str]:
    """sale.paysystem.settings.payment.get: parameter code -> its value for a payment."""
    with call.store.read() as session:
        payment, pay_system = payment_of_pay_system(session, call)
        if payment.order is None:
            raise PortalError(
                "ERROR_INTERNAL_ORDER_NOT_FOUND", f"Order #{payment.order_id} not found"
            )
        return parameter_values(session, payment, pay_system)


def payment_of_pay_system(session: Session, call: MethodCall) -> tuple[Payment, PaySystem]:
    """PAYMENT_ID and PAY_SYSTEM_ID of a call, checked in the platform's order and words."""
    pay_system_id, payment_id = call.params.get("PAY_SYSTEM_ID"), call.params.get("PAYMENT_ID")
    if empty(pay_system_id):
        raise check_failure("Empty field PAY_SYSTEM_ID!")
    if empty(payment_id):
        raise check_failure("Empty field PAYMENT_ID")
    pay_system = _pay_system(session, pay_system_id, "Pay system not found")
    allow_pay_system(session, call, pay_system)
    number = integer(payment_id)
    payment = None if number is None else session.get(Payment, number)
    if payment is None or payment.pay_system_id != pay_system.id:
        raise check_failure(
            f"Payment with ID={payment_id} and PAY_SYSTEM_ID={pay_system_id} not found"
        )
    return payment, pay_system


def invoice_get(call: MethodCall) -> dict[str, str]:
    """sale.paysystem.settings.invoice.get: parameter code -> its value for an invoice."""
    params = call.params
    check_pay_system_or_handler(params)
    if empty(params.get("INVOICE_ID")):
        raise check_failure("Empty field INVOICE_ID")
    with call.store.write() as session:
        pay_system = find_for_invoice(session, call)
        if pay_system is None:
            raise PortalError(
                "ERROR_PAY_SYSTEM_NOT_FOUND",
                f"Pay system with handler {params.get('BX_REST_HANDLER')} not found",
            )
        return parameter_values(
            session, invoice_payment(session, params["INVOICE_ID"], pay_system), pay_system
        )


def check_pay_system_or_handler(params: dict[str, Any]) -> None:
    if params.get("BX_REST_HANDLER") is None and params.get("PAY_SYSTEM_ID") is None:
        raise check_failure("Empty field BX_REST_HANDLER and PAY_SYSTEM_ID")


def find_for_invoice(
    session: Session, call: MethodCall, registry_type: str | None = None
) -> PaySystem | None:
    """The payment system that PAY_SYSTEM_ID names, or else the first of BX_REST_HANDLER.

    None where there is none, or it is of another registry type. Raises PortalError.
    """
    pay_system_id, code = call.params.get("PAY_SYSTEM_ID"), call.params.get("BX_REST_HANDLER")
    pay_system = None
    if pay_system_id is not None:
        pay_system = _pay_system(
            session, pay_system_id, f"Pay system with ID={pay_system_id} not found"
        )
        allow_pay_system(session, call, pay_system)
    if code is not None:
        handler = handler_by_code(session, code)
        if handler is None:
            raise check_failure("Incorrect rest handler code")
        allow_application(call.caller, handler.application)
    if pay_system is None:
        query = select(PaySystem).where(PaySystem.action_file == str(code)).order_by(PaySystem.id)
        if registry_type:
            query = query.where(PaySystem.entity_registry_type == registry_type)
        return session.scalar(query.limit(1))
    wrong = registry_type and pay_system.entity_registry_type != registry_type
    return None if wrong else pay_system


def find_invoice(session: Session, invoice_id: Any) -> Order:
    number = integer(invoice_id)
    invoice = None if number is None else session.get(Order, number)
    if invoice is None or invoice.entity_registry_type != "CRM_INVOICE":
        raise PortalError("ERROR_INTERNAL_INVOICE_NOT_FOUND", f"Invoice #{invoice_id} not found")
    return invoice


def invoice_payment(session: Session, invoice_id: Any, pay_system: PaySystem) -> Payment:
    """The payment of an invoice, made when it is first asked for. Raises PortalError."""
    invoice = find_invoice(session, invoice_id)
    if invoice.payments:
        return invoice.payments[0]
    payment = Payment(
        account_number=invoice.next_payment_number(),
        pay_system_id=pay_system.id,
        pay_system_name=pay_system.name,
        sum=invoice.price,
        currency=invoice.currency,
    )
    invoice.payments.append(payment)
    session.flush()
    session.refresh(payment)
    return payment


def _pay_system(session: Session, pay_system_id: Any, text: str) -> PaySystem:
    number = integer(pay_system_id)
    pay_system = None if number is None else session.get(PaySystem, number)
    if pay_system is None:
        raise check_failure(text)
    return pay_system
