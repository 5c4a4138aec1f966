"""Looking at a payment in the portal before any money is taken for it."""

from starlette.concurrency import run_in_threadpool

from . import ledger
from .ledger import LedgerPayment
from .problems import ProblemError
from .provider import Money, RefusedError
from .service import Gateway


async def open_payment(
    gateway: Gateway, shop: str, payment_id: int, pay_system_id: int
) -> LedgerPayment:
    """The payment as the portal of a shop has it now, written down with what can pay it.

    Raises ProblemError.
    """
    portal = await gateway.shops.client(shop)
    seen = await portal.payment(payment_id, pay_system_id)
    payment = await run_in_threadpool(ledger.open_payment, gateway.store, shop, seen)
    try:
        methods = gateway.provider.methods(payment.for_provider(seen.settings))
    except RefusedError as refusal:
        raise ProblemError(409, refusal.code, refusal.message) from refusal
    if payment.offered == list(methods):
        return payment
    return await run_in_threadpool(ledger.offer, gateway.store, payment.id, methods)


async def look_again(gateway: Gateway, payment: LedgerPayment, agreed: Money) -> LedgerPayment:
    """The payment, if the portal still asks for the amount that the buyer has seen.

    It may have been paid elsewhere meanwhile. Raises ProblemError.
    """
    now = await open_payment(gateway, payment.shop, payment.payment_id, payment.pay_system_id)
    if not agreed.equals(Money(now.value, now.currency)):
        raise ProblemError(
            409, "amount_changed", "The shop changed the amount. Please look at it again."
        )
    return now
