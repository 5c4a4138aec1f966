"""Every REST method the portal knows, by its name in lower case."""

from ..batch import batch
from ..call import Method
from . import handler, order, pay, pay_system, payment, portal, settings

PAY_SYSTEM = "pay_system"
SALE = "sale"

METHODS: dict[str, Method] = {
    method.name.lower(): method
    for method in (
        Method("batch", "", batch, keys="top"),
        Method("methods", "", portal.methods, keys="top", brief=True),
        Method("method.get", "", portal.method_get, keys="top", brief=True),
        Method("scope", "", portal.scope, keys="top", brief=True),
        Method("app.info", "", portal.app_info, brief=True),
        Method("profile", "", portal.profile, brief=True),
        Method("user.current", "", portal.user_current, brief=True),
        Method("server.time", "", portal.server_time, brief=True),
        Method("sale.paysystem.handler.add", PAY_SYSTEM, handler.add, "administrator", "top"),
        Method("sale.paysystem.handler.update", PAY_SYSTEM, handler.update, "administrator", "top"),
        Method(
            "sale.paysystem.handler.list", PAY_SYSTEM, handler.list_, "administrator", "top", True
        ),
        Method("sale.paysystem.handler.delete", PAY_SYSTEM, handler.delete, "administrator", "top"),
        Method("sale.paysystem.add", PAY_SYSTEM, pay_system.add, "administrator", "deep"),
        Method("sale.paysystem.update", PAY_SYSTEM, pay_system.update, "administrator", "deep"),
        Method("sale.paysystem.list", PAY_SYSTEM, pay_system.list_, "administrator", "deep"),
        Method("sale.paysystem.delete", PAY_SYSTEM, pay_system.delete, "administrator", "deep"),
        Method(
            "sale.paysystem.settings.get", PAY_SYSTEM, settings.get, "administrator", "deep", True
        ),
        Method(
            "sale.paysystem.settings.update", PAY_SYSTEM, settings.update, "administrator", "deep"
        ),
        Method(
            "sale.paysystem.settings.payment.get",
            PAY_SYSTEM,
            settings.payment_get,
            "orders",
            "deep",
        ),
        Method(
            "sale.paysystem.settings.invoice.get",
            PAY_SYSTEM,
            settings.invoice_get,
            "orders",
            "deep",
        ),
        Method("sale.paysystem.pay.payment", PAY_SYSTEM, pay.payment, "orders", "deep"),
        Method("sale.paysystem.pay.invoice", PAY_SYSTEM, pay.invoice, "orders", "deep"),
        Method("sale.persontype.list", SALE, order.person_types, "orders", brief=True),
        Method("sale.order.add", SALE, order.add, "orders"),
        Method("sale.order.get", SALE, order.get, "orders", brief=True),
        Method("sale.order.list", SALE, order.list_, "orders"),
        Method("sale.order.delete", SALE, order.delete, "orders"),
        Method("sale.payment.add", SALE, payment.add, "orders"),
        Method("sale.payment.get", SALE, payment.get, "orders", brief=True),
        Method("sale.payment.list", SALE, payment.list_, "orders"),
        Method("sale.payment.update", SALE, payment.update, "orders"),
        Method("sale.payment.delete", SALE, payment.delete, "orders"),
    )
}
