"""The shop's page for a payment of any mode, for tests of what the buyer does outside the frame."""

from payframe.widget.modes import Mode

from ..check.target import with_fields
from ..server.in_process import Running


def shop_page(
    server: Running,
    action_uri: str,
    *,
    mode: Mode = "iframe",
    fields: dict[str, str] | None = None,
    amount: str = "100.00",
    currency: str = "USD",
) -> str:
    """The address of the shop's page for a new payment through a handler of a mode.

    `server` is the fixture payframe_server. The handler sends `fields` to `action_uri`: fixed
    values, or the platform's such as PAYMENT.SUM. `amount` is a decimal string.
    """
    target = with_fields(action_uri, fields or {}, amount, currency, mode)
    _, new_payment = target.payments(server)
    return f"{server.addresses.seller}/payments/{new_payment()}"
