"""What a fresh database holds: buyers, orders, payments, and the way in.

Handlers and their payment systems come from payframe.toml and are renewed at every start, so that
an edit there shows; orders and payments are written once and then kept.
"""

from collections.abc import Iterator
from typing import Any

from payframe.widget.config import Config
from payframe.widget.handler import Handler as DescribedHandler
from payframe.widget.handler import PaySystem as DescribedPaySystem
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from ..portal.provision import mint_token
from ..sale.handlers import handler_by_code
from ..sale.payments import with_digits
from ..store.database import Store
from ..store.models import (
    Handler,
    Order,
    OrderProperty,
    ParameterMapping,
    Payment,
    PaySystem,
    PersonType,
    Token,
    User,
)

BUYERS = [
    {"name": "Ava", "last_name": "Thompson", "personal_city": "Portland"},
    {"name": "Jonas", "last_name": "Weber", "personal_city": "Köln"},
    {"name": "Haruka", "last_name": "Sato", "personal_city": "大阪"},
    {"name": "Fatima", "last_name": "Al-Sabah", "personal_city": "Kuwait City"},
    {"name": "João", "last_name": "Oliveira", "personal_city": "Recife"},
    {"name": "Priya", "last_name": "Raman", "personal_city": "Chennai"},
    {"name": "Айгерім", "last_name": "Сейтқали", "personal_city": "Алматы"},
    {"name": "Zofia", "last_name": "Wójcik", "personal_city": "Kraków"},
]

OrderOfShop = tuple[str, int, str, str, str, str]
"""Number, number of the buyer, subject, sum, currency, paid."""
ORDERS: list[OrderOfShop] = [
    ("1001", 0, "Walnut desk lamp", "100.00", "USD", "N"),
    ("1002", 1, "Espresso grinder", "249.90", "EUR", "N"),
    ("1003", 2, "Indigo linen apron", "12800", "JPY", "N"),
    ("1004", 3, "Oud gift set", "38.750", "KWD", "N"),
    ("1005", 4, "Hammock, double", "459.00", "BRL", "N"),
    ("1006", 5, "Silk saree", "18499.50", "INR", "N"),
    ("1007", 6, "Felt slippers", "24500.00", "KZT", "N"),
    ("1008", 7, "Board game night", "189.99", "PLN", "N"),
    ("1009", 0, "Gift card", "25.00", "USD", "Y"),
    ("1010", 1, "Replacement filter", "0.99", "EUR", "N"),
    ("1011", 2, "Office fit-out, tranche 2", "1234567890123.45", "IDR", "N"),
    ("1012", 0, "Ceramic planter", "64.00", "GBP", "N"),
]


def seed(store: Store, config: Config, page: str, gateway: str) -> None:
    """Fill a fresh database; on a filled one renew only the handlers and their payment systems.

    `page` is what a handler in IFrame mode shows, `gateway` the URL of the gateway beside it.
    """
    with store.write() as session:
        systems = [
            _install(
                session,
                handler,
                pay_system,
                page if handler.SETTINGS.mode == "iframe" else config.action_uri(handler, gateway),
            )
            for handler, pay_system in config.registered
        ]
        if session.scalar(select(Token).limit(1)) is None:
            mint_token(session)
        if session.scalar(select(PersonType).limit(1)) is None:
            _write_orders(session, config, systems)


def _install(
    session: Session, described: DescribedHandler, offered: DescribedPaySystem, action_uri: str
) -> PaySystem:
    code = described.CODE
    settings: dict[str, Any] = described.SETTINGS.model_dump(exclude_none=True)
    settings[described.SETTINGS.key]["ACTION_URI"] = action_uri
    handler = handler_by_code(session, code)
    if handler is None:
        handler = Handler(name=described.NAME, code=code, settings=settings)
        session.add(handler)
    handler.name, handler.sort, handler.settings = described.NAME, described.SORT, settings

    pay_system = session.scalar(select(PaySystem).where(PaySystem.action_file == code))
    if pay_system is None:
        pay_system = PaySystem(name=offered.NAME, action_file=code, active="Y", sort=described.SORT)
        session.add(pay_system)
    pay_system.name = pay_system.psa_name = offered.NAME
    pay_system.description = offered.DESCRIPTION
    session.flush()
    session.execute(
        delete(ParameterMapping).where(
            ParameterMapping.pay_system_id == pay_system.id, ParameterMapping.person_type_id == 0
        )
    )
    session.add_all(
        ParameterMapping(
            pay_system_id=pay_system.id, code=code, type=mapping.TYPE, value=mapping.VALUE
        )
        for code, mapping in offered.SETTINGS.items()
    )
    return pay_system


def _orders(currencies: list[str]) -> Iterator[OrderOfShop]:
    """Those that the first handler can take, and one in each of its other currencies."""
    known = [currency for *_, currency, _ in ORDERS]
    yield from (each for each in ORDERS if not currencies or each[4] in currencies)
    others = (currency for currency in currencies if currency not in known)
    for number, currency in enumerate(others, 1101):
        yield str(number), 0, "Walnut desk lamp", with_digits("100", currency), currency, "N"


def _write_orders(session: Session, config: Config, systems: list[PaySystem]) -> None:
    """Orders through the first payment system, but one to pay through each of the others."""
    individual = PersonType(name="Individual")
    buyers = [
        User(login=f"buyer{n}", email=f"buyer{n}@example.com", **fields)
        for n, fields in enumerate(BUYERS, 1)
    ]
    session.add_all([individual, PersonType(name="Company", client_type="b2b", sort=200), *buyers])
    session.flush()
    orders = _orders(config.handler.SETTINGS.CURRENCY)
    each_once = iter(systems)
    for number, buyer, topic, amount, currency, paid in orders:
        pay_system = systems[0] if paid == "Y" else next(each_once, systems[0])
        order = Order(
            account_number=number,
            person_type_id=individual.id,
            user_id=buyers[buyer].id,
            pay_system_id=pay_system.id,
            currency=currency,
            price=amount,
            order_topic=topic,
        )
        order.properties = [
            OrderProperty(code="FIO", value=f"{buyers[buyer].name} {buyers[buyer].last_name}"),
            OrderProperty(code="EMAIL", value=buyers[buyer].email),
        ]
        payment = Payment(
            account_number=order.next_payment_number(),
            pay_system_id=pay_system.id,
            pay_system_name=pay_system.name,
            sum=amount,
            currency=currency,
            paid=paid,
        )
        payment.date_paid = payment.date_bill if paid == "Y" else None
        order.payments = [payment]
        session.add(order)
        session.flush()  # keeps the IDs in the order of the list
