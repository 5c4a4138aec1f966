"""Every REST method the portal knows, by its name in lower case."""

from collections.abc import Callable, Mapping
from typing import Any, Literal

from ..batch import batch
from ..call import Method, MethodCall
from . import handler, order, pay, pay_system, payment, person_type, portal, settings

PAY_SYSTEM = "pay_system"
SALE = "sale"


def _methods(
    answers: Mapping[str, Callable[[MethodCall], Any]],
    *,
    scope: str,
    rights: Literal["none", "orders", "administrator"],
    keys: Literal["exact", "top", "deep"],
    brief: frozenset[str] = frozenset(),
) -> list[Method]:
    return [
        Method(name=name, scope=scope, answer=answer, rights=rights, keys=keys, brief=name in brief)
        for name, answer in answers.items()
    ]


_ALL = [
    Method(name="batch", scope="", answer=batch, keys="top"),
    *_methods(
        {
            "methods": portal.methods,
            "method.get": portal.method_get,
            "scope": portal.scope,
            "app.info": portal.app_info,
            "profile": portal.profile,
            "user.current": portal.user_current,
            "server.time": portal.server_time,
        },
        scope="",
        rights="none",
        keys="top",
        brief=frozenset(
            {
                "methods",
                "method.get",
                "scope",
                "app.info",
                "profile",
                "user.current",
                "server.time",
            }
        ),
    ),
    *_methods(
        {
            "sale.paysystem.handler.add": handler.add,
            "sale.paysystem.handler.update": handler.update,
            "sale.paysystem.handler.list": handler.list_,
            "sale.paysystem.handler.delete": handler.delete,
        },
        scope=PAY_SYSTEM,
        rights="administrator",
        keys="top",
        brief=frozenset({"sale.paysystem.handler.list"}),
    ),
    *_methods(
        {
            "sale.paysystem.add": pay_system.add,
            "sale.paysystem.update": pay_system.update,
            "sale.paysystem.list": pay_system.list_,
            "sale.paysystem.delete": pay_system.delete,
            "sale.paysystem.settings.get": settings.get,
            "sale.paysystem.settings.update": settings.update,
        },
        scope=PAY_SYSTEM,
        rights="administrator",
        keys="deep",
        brief=frozenset({"sale.paysystem.settings.get"}),
    ),
    *_methods(
        {
            "sale.paysystem.settings.payment.get": settings.payment_get,
            "sale.paysystem.settings.invoice.get": settings.invoice_get,
            "sale.paysystem.pay.payment": pay.payment,
            "sale.paysystem.pay.invoice": pay.invoice,
        },
        scope=PAY_SYSTEM,
        rights="orders",
        keys="deep",
        brief=frozenset({"sale.paysystem.settings.payment.get"}),
    ),
    *_methods(
        {
            "sale.persontype.add": person_type.add,
            "sale.persontype.update": person_type.update,
            "sale.persontype.get": person_type.get,
            "sale.persontype.list": person_type.list_,
            "sale.persontype.delete": person_type.delete,
            "sale.persontype.getFields": person_type.get_fields,
            "sale.order.add": order.add,
            "sale.order.update": order.update,
            "sale.order.get": order.get,
            "sale.order.list": order.list_,
            "sale.order.delete": order.delete,
            "sale.order.getFields": order.get_fields,
            "sale.payment.add": payment.add,
            "sale.payment.update": payment.update,
            "sale.payment.get": payment.get,
            "sale.payment.list": payment.list_,
            "sale.payment.delete": payment.delete,
            "sale.payment.getFields": payment.get_fields,
        },
        scope=SALE,
        rights="orders",
        keys="exact",
        brief=frozenset(
            {
                "sale.persontype.list",
                "sale.persontype.getFields",
                "sale.order.get",
                "sale.order.getFields",
                "sale.payment.get",
                "sale.payment.getFields",
            }
        ),
    ),
]

METHODS: dict[str, Method] = {method.name.lower(): method for method in _ALL}
