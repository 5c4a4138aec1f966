"""Looking at a payment in the portal before any money is taken for it."""

import re
from decimal import Decimal

from starlette.concurrency import run_in_threadpool

from ..store.database import Store
from . import ledger
from .portal_client import PortalClient, PortalPayment
from .problems import ProblemError

MODE_PARAMETER = re.compile(r"^PS_WORK_MODE")


async def open_payment(
    portal: PortalClient, store: Store, payment_id: int, pay_system_id: int
) -> ledger.GatewayPayment:
    """The payment as the portal has it now, written down. Raises ProblemError."""
    seen = await portal.payment(payment_id, pay_system_id)
    _refuse_live_mode(seen)
    return await run_in_threadpool(ledger.open_payment, store, seen)


async def look_again(
    portal: PortalClient, store: Store, payment: ledger.GatewayPayment, value: str, currency: str
) -> ledger.GatewayPayment:
    """The payment, if the portal still asks for the amount that the buyer has seen.

    It may have been paid elsewhere meanwhile. Raises ProblemError.
    """
    now = await open_payment(portal, store, payment.payment_id, payment.pay_system_id)
    if (Decimal(now.value), now.currency) != (Decimal(value), currency):
        raise ProblemError(
            409, "amount_changed", "The shop changed the amount. Please look at it again."
        )
    return now


def _refuse_live_mode(seen: PortalPayment) -> None:
    for code, value in seen.settings.items():
        if MODE_PARAMETER.match(code) and value == "REGULAR":
            raise ProblemError(
                409,
                "live_mode",
                f"This payment system is set to live payments ({code} = REGULAR), and this "
                "service is a sandbox.",
            )
