"""The payment that the studio's address asks for: found, or written."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from payframe.widget.config import Config
from payframe.widget.modes import MODE_KEYS, Mode
from sqlalchemy import select
from sqlalchemy.orm import Session

from ..check.target import of_iframe_handler
from ..sale.fields import is_web_address
from ..sale.handlers import handler_by_code, handler_of, mode_of
from ..sale.payments import is_amount, is_currency, with_digits, write_payment
from ..store.models import Handler, Order, ParameterMapping, Payment, PaySystem, User

TOPIC = "Studio"
"""The subject of the orders that are written here."""
BUYERS: dict[str, dict[str, str]] = {
    "usual": {"name": "Ava", "last_name": "Thompson", "email": "ava@example.com"},
    "cyrillic": {
        "name": "Анна-Мария",
        "last_name": "О'Коннор-«Сидорова»",
        "email": "анна@пример.рф",
        "personal_mobile": "+7 (495) 000-00-00",
    },
    "markup": {
        "name": "<b>Ava</b>",
        "last_name": "\"Quote\" & 'Apostrophe'",
        "email": "ava+test&x=<y>@example.com",
    },
    "long": {
        "name": "Wolfeschlegelsteinhausenbergerdorff" * 3,
        "last_name": "Keihanaikukauakahihuliheekahaunaele" * 3,
        "email": f"{'ava' * 20}@example.com",
        "work_company": "A company whose name goes on for as long as a column has room " * 4,
    },
    "rtl": {"name": "فاطمة", "last_name": "الزهراء", "email": "fatima@example.com"},
    "empty": {},
}
"""Buyers whose data pages stumble over, by name."""


class WantedError(Exception):
    """`errors` says what cannot be had: name in the address -> a sentence."""

    def __init__(self, errors: dict[str, str]) -> None:
        super().__init__(" ".join(errors.values()))
        self.errors = errors


@dataclass(frozen=True)
class Wanted:
    """What the address says of the payment. All of it may be missing.

    `payment` is an ID, and then nothing else counts. `url` is a page of one's own for the frame;
    `handler` a handler's code, for which the demo's first one stands in.
    """

    payment: str = ""
    url: str = ""
    handler: str = ""
    amount: str = "100.00"
    currency: str = "USD"
    buyer: str = "usual"

    @classmethod
    def of(cls, query: Mapping[str, Any], currency: str = "USD") -> "Wanted":
        """`currency` is the one where the address names none."""
        given = {"currency": currency} | {
            name: str(query[name]).strip()
            for name in cls.__dataclass_fields__
            if str(query.get(name, "")).strip()
        }
        return cls(**given)

    def problems(self) -> dict[str, str]:
        found: dict[str, str] = {}
        if self.url and not is_web_address(self.url):
            found["url"] = "A URL that starts with http:// or https:// is needed."
        if not is_amount(self.amount):
            found["amount"] = "A number above zero is needed, such as 249.90."
        if not is_currency(self.currency):
            found["currency"] = "A code of ISO 4217 is needed, such as EUR."
        if self.buyer not in BUYERS:
            found["buyer"] = f"One of {', '.join(BUYERS)} is needed."
        return found


def open_payment(session: Session, wanted: Wanted, config: Config, *, fresh: bool = False) -> int:
    """The ID of the payment: the last one of the kind that is not paid, or a new one.

    With `fresh` it is a new one in any case. Raises WantedError.
    """
    if wanted.payment:
        number = int(wanted.payment) if re.fullmatch(r"\d{1,18}", wanted.payment) else 0
        if session.get(Payment, number) is None:
            raise WantedError({"payment": f"There is no payment {wanted.payment} in this shop."})
        return number
    if errors := wanted.problems():
        raise WantedError(errors)
    pay_system = _pay_system(session, wanted, config)
    buyer = _buyer(session, wanted.buyer)
    amount = with_digits(wanted.amount, wanted.currency)
    found = session.scalars(
        select(Payment)
        .join(Order)
        .where(
            Order.order_topic == TOPIC,
            Order.user_id == buyer,
            Payment.pay_system_id == pay_system,
            Payment.sum == amount,
            Payment.currency == wanted.currency,
            Payment.paid == "N",
        )
        .order_by(Payment.id.desc())
        .limit(1)
    ).first()
    if found and not fresh:
        return found.id
    written = write_payment(
        session, amount, wanted.currency, pay_system_id=pay_system, user_id=buyer
    )
    written.order.order_topic = TOPIC
    return written.id


def mode_of_payment(session: Session, payment_id: int) -> tuple[Mode | None, str]:
    """The mode of the payment's handler, and its ACTION_URI."""
    handler = handler_of(session, session.get_one(Payment, payment_id).pay_system)
    mode = mode_of(handler)
    data = handler.settings.get(MODE_KEYS[mode]) if handler and mode else None
    return mode, str(data.get("ACTION_URI", "")) if isinstance(data, dict) else ""


def _pay_system(session: Session, wanted: Wanted, config: Config) -> int:
    if wanted.url:
        return _own_page(session, wanted.url, config)
    systems = session.scalars(select(PaySystem).order_by(PaySystem.sort, PaySystem.id))
    code = wanted.handler or config.handler.CODE
    for system in systems:
        if system.action_file == code:
            return system.id
    raise WantedError({"handler": f"No payment system has a handler with the code {code}."})


def _own_page(session: Session, url: str, config: Config) -> int:
    """The payment system whose handler shows a page at a URL, with the FIELDS of payframe.toml."""
    code = f"studio{sha256(url.encode()).hexdigest()[:12]}"
    if handler_by_code(session, code) is None:
        settings, mappings = of_iframe_handler(config)
        settings["IFRAME_DATA"] = {**settings["IFRAME_DATA"], "ACTION_URI": url}
        session.add(Handler(name=url[:255], code=code, settings=settings))
        system = PaySystem(name="Own page", action_file=code, active="N")
        session.add(system)
        session.flush()
        session.add_all(
            ParameterMapping(pay_system_id=system.id, code=key, type=each.TYPE, value=each.VALUE)
            for key, each in mappings.items()
        )
    return session.scalars(select(PaySystem.id).where(PaySystem.action_file == code)).one()


def _buyer(session: Session, name: str) -> int:
    login = f"studio-{name}"
    found = session.scalar(select(User.id).where(User.login == login))
    if found is not None:
        return found
    buyer = User(login=login, **{key: text[:255] for key, text in BUYERS[name].items()})
    session.add(buyer)
    session.flush()
    return buyer.id
