"""The list of payments, searched, and the form for a new one."""

from typing import Any
from urllib.parse import urlencode

from payframe.widget.modes import Mode
from sqlalchemy import select
from sqlalchemy.orm import Session
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from ..own_origin import is_own
from ..sale.handlers import handler_of, mode_of
from ..sale.payments import is_amount, is_currency, with_digits, write_payment
from ..store.database import Store
from ..store.models import Handler, Payment, PaySystem, User
from .choice import DEFAULT_CLIENT_TYPE
from .pages import message, render, state

FIRST = {"amount": "100.00", "currency": "USD", "buyer": "", "paysystem": ""}
"""What the form begins with."""
Rows = list[tuple[Payment, Mode | None]]


class ListEndpoints:
    """The endpoints of / and /payments."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def show(self, request: Request) -> Response:
        search = request.query_params.get("search", "").strip()
        with self._store.read() as session:
            rows: Rows = [
                (payment, mode_of(handler_of(session, payment.pay_system)))
                for payment in session.scalars(select(Payment).order_by(Payment.id)).unique()
            ]
        words = search.casefold().split()
        found = [row for row in rows if all(word in _text(*row) for word in words)]
        return render("payments.html", request, rows=found, search=search)

    def ask(self, request: Request) -> Response:
        return self._form(request, FIRST, {})

    async def add(self, request: Request) -> Response:
        if not is_own(request):
            text = "Pages of other origins may not add payments."
            return message(request, 403, "No payment was added", text)
        async with request.form() as sent:
            asked = {name: str(sent.get(name, "")).strip() for name in FIRST}
        asked["currency"] = asked["currency"].upper()
        added = await run_in_threadpool(self._add, asked)
        if isinstance(added, dict):
            return self._form(request, asked, added, 422)
        theme = request.query_params.get("theme", "light")
        return RedirectResponse(f"/payments/{added}?{urlencode({'theme': theme})}", 303)

    def _form(
        self, request: Request, asked: dict[str, str], errors: dict[str, str], status: int = 200
    ) -> Response:
        with self._store.read() as session:
            buyers = list(session.scalars(select(User).order_by(User.id)))
            systems = _systems(session)
            currencies = sorted(set(session.scalars(select(Payment.currency).distinct())))
        return render(
            "new.html",
            request,
            status=status,
            asked=asked,
            errors=errors,
            buyers=buyers,
            systems=[(system, mode_of(handler)) for system, handler in systems],
            currencies=currencies,
        )

    def _add(self, asked: dict[str, str]) -> int | dict[str, str]:
        """The ID of the new payment, or what is wrong: field -> a sentence."""
        errors: dict[str, str] = {}
        amount, currency = asked["amount"], asked["currency"]
        if not is_amount(amount):
            errors["amount"] = "A number above zero is needed, such as 249.90."
        if not is_currency(currency):
            errors["currency"] = "A code of ISO 4217 is needed, such as EUR."
        with self._store.write() as session:
            buyer = next(
                (each for each in session.scalars(select(User)) if str(each.id) == asked["buyer"]),
                None,
            )
            chosen = next(
                (each for each in _systems(session) if str(each[0].id) == asked["paysystem"]), None
            )
            if buyer is None:
                errors["buyer"] = "This buyer is not known."
            if chosen is None:
                errors["paysystem"] = "This payment system is not known."
            if errors or buyer is None or chosen is None:
                return errors
            system, handler = chosen
            taken = handler.settings.get("CURRENCY") or [currency]
            if currency not in taken:
                only = ", ".join(taken)
                return {"paysystem": f"{system.name} takes no {currency}, only {only}."}
            return write_payment(
                session,
                with_digits(amount, currency),
                currency,
                pay_system_id=system.id,
                user_id=buyer.id,
                client_type=handler.settings.get("CLIENT_TYPE") or DEFAULT_CLIENT_TYPE,
                pay_system_name=system.name,
            ).id


def _systems(session: Session) -> list[tuple[PaySystem, Handler]]:
    """The active payment systems of orders that have a handler, in the seller's order."""
    found = session.scalars(
        select(PaySystem)
        .where(PaySystem.active == "Y", PaySystem.entity_registry_type == "ORDER")
        .order_by(PaySystem.sort, PaySystem.id)
    )
    return [(each, handler) for each in found if (handler := handler_of(session, each))]


def _text(payment: Payment, mode: Mode | None) -> str:
    """Everything that a search looks at."""
    order: Any = payment.order
    parts = (
        payment.id,
        order.account_number,
        order.order_topic,
        order.user.name,
        order.user.last_name,
        payment.sum,
        payment.currency,
        payment.pay_system.name,
        state(payment),
        mode or "no handler",
    )
    return " ".join(str(part) for part in parts).casefold()
