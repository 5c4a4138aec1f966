"""Every REST method the portal knows, by its name in lower case."""

from ..call import Method
from . import pay, payment, settings

METHODS: dict[str, Method] = {
    method.name.lower(): method
    for method in (
        Method("sale.payment.get", "sale", payment.get),
        Method("sale.paysystem.settings.payment.get", "pay_system", settings.payment_get),
        Method("sale.paysystem.pay.payment", "pay_system", pay.payment),
    )
}
