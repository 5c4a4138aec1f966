"""The sandbox's other ways to pay: handlers in form and checkout mode at the demo's gateway.

They stand beside the handler of a payframe.toml that describes no other, so that the demo pays in
all three modes; like it they are renewed at every start, and their payments written once.
"""

import base64
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..sale.handlers import handler_by_code, handler_of
from ..store.database import Store
from ..store.models import Handler, Order, Payment, PaySystem, PersonType, User

LOGOS = Path(__file__).parent / "logos"
SHOP_NUMBER = {
    "NAME": "Store number",
    "DEFAULT": {"PROVIDER_KEY": "VALUE", "PROVIDER_VALUE": "4411"},
}


@dataclass(frozen=True)
class Way:
    """A handler and its payment system; `data` is its mode's, `path` its page at the gateway."""

    code: str
    name: str
    description: str
    mode: str
    path: str
    data: dict[str, Any]
    codes: dict[str, Any]
    logo: str
    sort: int
    client_type: str = "b2c"
    currencies: list[str] = field(default_factory=list)


WAYS = [
    Way(
        code="sandboxform",
        name="Test bank",
        description="Pay from a bank account. Form mode.",
        mode="FORM_DATA",
        path="/form",
        data={
            "METHOD": "POST",
            "FIELDS": {
                "phone": {"VISIBLE": "Y", "CODE": {"NAME": "Phone number", "TYPE": "STRING"}},
                "receipt": {
                    "VISIBLE": "Y",
                    "CODE": {"NAME": "Send me a receipt", "INPUT": {"TYPE": "Y/N"}},
                },
                "paymentId": {"CODE": "PAYMENT_NUMBER"},
                "serviceid": {"CODE": "SHOP_NUMBER"},
            },
        },
        codes={
            "SHOP_NUMBER": SHOP_NUMBER,
            "PAYMENT_NUMBER": {
                "NAME": "Payment number",
                "DEFAULT": {"PROVIDER_KEY": "PAYMENT", "PROVIDER_VALUE": "ACCOUNT_NUMBER"},
            },
        },
        logo="form.png",
        sort=200,
        currencies=["USD", "EUR", "GBP", "PLN"],
    ),
    Way(
        code="sandboxcheckout",
        name="Pay by link",
        description="Pay on another page, or with a phone. Checkout mode.",
        mode="CHECKOUT_DATA",
        path="/checkout",
        data={"FIELDS": {"serviceid": {"CODE": "SHOP_NUMBER"}}},
        codes={"SHOP_NUMBER": SHOP_NUMBER},
        logo="checkout.png",
        sort=300,
    ),
    Way(
        code="sandboxcompany",
        name="Company account",
        description="For companies only. Checkout mode, after a form.",
        mode="CHECKOUT_DATA",
        path="/checkout",
        data={
            "FIELDS": {
                "reference": {"VISIBLE": "Y", "CODE": {"NAME": "Your reference"}},
                "company": {"VISIBLE": "Y", "CODE": "COMPANY"},
                "terms": {"VISIBLE": "Y", "CODE": "TERMS"},
            }
        },
        codes={
            "COMPANY": {
                "NAME": "Company",
                "DEFAULT": {"PROVIDER_KEY": "USER", "PROVIDER_VALUE": "WORK_COMPANY"},
            },
            "TERMS": {
                "NAME": "Pay within, in days",
                "DEFAULT": {"PROVIDER_KEY": "VALUE", "PROVIDER_VALUE": "0"},
            },
        },
        logo="company.png",
        sort=400,
        client_type="b2b",
    ),
]

# Order number, way, subject, sum, currency.
ORDERS = [
    ("1013", "sandboxform", "Brass table clock", "149.00", "USD"),
    ("1014", "sandboxcheckout", "Picnic blanket", "58.00", "EUR"),
    ("1015", "sandboxcompany", "Meeting room chairs", "2940.00", "USD"),
]


def seed_modes(store: Store, gateway: str, iframe_code: str) -> None:
    """Add the handlers, with their pages at the URL `gateway`, and a payment of each new one."""
    with store.write() as session:
        known = set(session.scalars(select(PaySystem.action_file)))
        systems = {way.code: _install(session, way, gateway) for way in WAYS}
        first = session.scalar(select(PaySystem).where(PaySystem.action_file == iframe_code))
        if first and not first.logotip:
            first.logotip = _picture("card.png")
        for number, code, topic, amount, currency in ORDERS:
            if code not in known:
                _write_order(session, systems[code], number, topic, amount, currency)


def _install(session: Session, way: Way, gateway: str) -> PaySystem:
    handler = handler_by_code(session, way.code)
    if handler is None:
        handler = Handler(name=way.name, code=way.code, settings={})
        session.add(handler)
    handler.settings = {
        "CURRENCY": way.currencies,
        "CLIENT_TYPE": way.client_type,
        way.mode: {"ACTION_URI": gateway + way.path, **way.data},
        "CODES": way.codes,
    }
    pay_system = session.scalar(select(PaySystem).where(PaySystem.action_file == way.code))
    if pay_system is None:
        pay_system = PaySystem(
            name=way.name,
            psa_name=way.name,
            description=way.description,
            action_file=way.code,
            active="Y",
            sort=way.sort,
            logotip=_picture(way.logo),
        )
        session.add(pay_system)
        session.flush()
    return pay_system


def _picture(name: str) -> str:
    return base64.b64encode((LOGOS / name).read_bytes()).decode()


def _write_order(
    session: Session, pay_system: PaySystem, number: str, topic: str, amount: str, currency: str
) -> None:
    handler = handler_of(session, pay_system)
    assert handler
    person_type = session.scalars(
        select(PersonType).where(
            PersonType.client_type == handler.settings["CLIENT_TYPE"],
            PersonType.entity_registry_type == "ORDER",
        )
    ).first()
    buyer = session.scalars(select(User).order_by(User.id)).first()
    assert person_type
    assert buyer
    if person_type.client_type == "b2b":
        buyer.work_company = buyer.work_company or "Northwind Traders"
    order = Order(
        account_number=number,
        person_type_id=person_type.id,
        user_id=buyer.id,
        pay_system_id=pay_system.id,
        currency=currency,
        price=amount,
        order_topic=topic,
    )
    order.payments = [
        Payment(
            account_number=order.next_payment_number(),
            pay_system_id=pay_system.id,
            pay_system_name=pay_system.name,
            sum=amount,
            currency=currency,
        )
    ]
    session.add(order)
    session.flush()
