"""The payment page, in whichever mode the chosen payment system's handler works."""

import logging
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any

from payframe.widget.modes import Mode
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import URL
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from ..sale.fields import DEFAULT_ERROR, NotShownError, answered
from ..sale.handlers import handler_of, mode_of
from ..sale.values import Value, explained_values
from ..store.database import Store
from ..store.models import Handler, Payment, PaySystem
from . import checkout, inspection
from .checkout import CheckoutAnswer, CheckoutCall, Checkouts
from .choice import choose, offered
from .form import form
from .iframe import frame
from .imitation import Imitation, shop_address
from .pages import is_inspected, message, render

log = logging.getLogger("payframe.seller")


@dataclass(frozen=True)
class Opened:
    """A payment and all that its page needs, read in one transaction."""

    payment: Payment
    handler: Handler | None
    mode: Mode | None
    offered: list[PaySystem]
    values: dict[str, Value]


class PaymentEndpoints:
    """The endpoints of /payments/{payment_id}."""

    def __init__(self, store: Store, checkouts: Checkouts, arrivals: str, *, studio: bool) -> None:
        self._store = store
        self._checkouts = checkouts
        self._arrivals = arrivals
        self._studio = studio

    async def show(self, request: Request) -> Response:
        return await self._page(request, None)

    async def submit(self, request: Request) -> Response:
        """The buyer's answers to the fields of checkout mode."""
        async with request.form() as sent:
            # Of a checkbox and the hidden N before it, the last one counts, as in PHP.
            answers = {name: text for name, text in sent.multi_items() if isinstance(text, str)}
        return await self._page(request, answers)

    async def choose(self, request: Request) -> Response:
        """The buyer's choice of a payment system: it is written to the payment."""
        async with request.form() as sent:
            chosen = str(sent.get("paysystem", ""))
        number = int(chosen) if chosen.isascii() and chosen.isdigit() and len(chosen) < 19 else 0
        taken = await run_in_threadpool(self._choose, request.path_params["payment_id"], number)
        if not taken:
            return message(
                request,
                404,
                "Payment system not found",
                "This payment cannot be paid through that payment system.",
            )
        return RedirectResponse(_shop_page(request), 303)

    def _choose(self, payment_id: int, pay_system_id: int) -> bool:
        with self._store.write() as session:
            payment = session.get(Payment, payment_id) if payment_id < 2**63 else None
            if payment is None:
                return False
            return payment.paid == "Y" or choose(session, payment, pay_system_id)

    def _open(self, payment_id: int) -> Opened | None:
        with self._store.read() as session:
            payment = session.get(Payment, payment_id) if payment_id < 2**63 else None
            if payment is None:
                return None
            handler = handler_of(session, payment.pay_system)
            values = explained_values(session, payment, payment.pay_system)
            return Opened(payment, handler, mode_of(handler), offered(session, payment), values)

    async def _page(self, request: Request, answers: dict[str, str] | None) -> Response:
        """The page; `answers` are the buyer's, None where no form has been sent."""
        number = request.path_params["payment_id"]
        opened = await run_in_threadpool(self._open, number)
        if opened is None:
            text = f"There is no payment {number} in this shop."
            return message(request, 404, "Payment not found", text)
        payment, handler, mode = opened.payment, opened.handler, opened.mode
        inspected = (
            inspection.inspection(mode, handler, opened.values)
            if is_inspected(request) and handler and mode
            else None
        )
        context: dict[str, Any] = {
            "payment": payment,
            "offered": opened.offered,
            "inspected": inspected,
            "studio": self._studio,
            "query": request.url.query,
        }
        if payment.paid == "Y":
            return render("paid.html", request, **context)
        if handler is None:
            text = f"Payment system {payment.pay_system.name!r} has no handler."
            return message(request, 404, "This payment cannot be shown", text)
        try:
            match mode:
                case "iframe":
                    return self._iframe(request, opened, handler, context)
                case "checkout":
                    return await self._checkout(request, opened, handler, context, answers)
                case _:
                    return self._form(request, opened, handler, context)
        except NotShownError as error:
            log.error(
                "payment %s through %r: %s", payment.account_number, payment.pay_system.name, error
            )
            if inspected:
                inspected.cause = str(error)
            return render("error.html", request, errors=[DEFAULT_ERROR], **context)

    def _iframe(
        self, request: Request, opened: Opened, handler: Handler, context: dict[str, Any]
    ) -> Response:
        usual = frame(
            opened.payment, handler, opened.values, return_url(request.url, opened.payment)
        )
        imitation = Imitation.of(request.query_params)
        shown = replace(usual, data=imitation.message(usual.data))
        if inspected := context["inspected"]:
            inspection.of_frame(inspected, shown)
        return render(
            "iframe.html",
            request,
            frame=shown,
            arrivals=self._arrivals,
            url=str(request.url),
            **context,
        )

    def _form(
        self, request: Request, opened: Opened, handler: Handler, context: dict[str, Any]
    ) -> Response:
        shown = form(
            opened.payment, handler, opened.values, return_url(request.url, opened.payment)
        )
        if shown.payment_url and request.query_params.get("redirect") == "1":
            return RedirectResponse(shown.payment_url, 303)
        if inspected := context["inspected"]:
            inspection.of_form(inspected, shown)
        return render("form.html", request, form=shown, **context)

    async def _checkout(
        self,
        request: Request,
        opened: Opened,
        handler: Handler,
        context: dict[str, Any],
        answers: dict[str, str] | None,
    ) -> Response:
        payment = opened.payment
        if answers is not None and answers.get("BX_PAYSYSTEM_ID") != str(payment.pay_system_id):
            # The form is of a payment system that has been left meanwhile, in another tab.
            return RedirectResponse(_shop_page(request), 303)
        fields = checkout.fields_of(handler, opened.values)
        given = answers or {}
        call = checkout.call_for(
            payment, handler, opened.values, given, return_url(request.url, payment)
        )
        asked = checkout.unanswered(fields, given)
        answer = None if asked else await self._register(payment, call)
        errors = answer.errors if answer else ()
        if asked and answers is not None:
            names = ", ".join(each.name for each in asked)
            log.error("payment %s: the form never asks for %s", payment.account_number, names)
            errors = (DEFAULT_ERROR,)
        if answers is not None and answer and answer.payment_url:
            return RedirectResponse(answer.payment_url, 303)
        if inspected := context["inspected"]:
            last = self._checkouts.last.get(payment.id)
            inspection.of_checkout(inspected, call, last, self._checkouts.limits)
        return render(
            "checkout.html",
            request,
            fields=answered(fields, given),
            needs_answers=bool(checkout.unanswered(fields, {})),
            errors=errors,
            url=answer.payment_url if answer else "",
            qr=checkout.qr_code(answer.payment_url) if answer and answer.payment_url else "",
            **context,
        )

    async def _register(self, payment: Payment, call: CheckoutCall) -> CheckoutAnswer:
        """Ask ACTION_URI for a page to pay on, once at a time."""

        async def work() -> CheckoutAnswer:
            answer = await checkout.send(self._checkouts.client, call, self._checkouts.limits)
            checkout.report(payment, call, answer)
            self._checkouts.remember(payment.id, call, answer)
            if answer.payment_url:
                await run_in_threadpool(
                    checkout.keep_external_id, self._store, payment, answer.payment_id
                )
            return answer

        return await self._checkouts.once((payment.id, payment.pay_system_id), work)


def return_url(page: URL, payment: Payment) -> str:
    """The page's address, with what a live shop's has in its query: order, key and payment.

    The key lets whoever has it see the order there: it belongs into no log and no report.
    """
    order = payment.order
    known = f"{order.id} {order.account_number} {order.date_insert.isoformat()}"
    key = sha256(known.encode()).hexdigest()[:32]
    shop = shop_address(page)
    return str(shop.include_query_params(orderId=order.id, access=key, paymentId=payment.id))


def _shop_page(request: Request) -> str:
    """The payment's page, with the query of the request."""
    query = f"?{request.url.query}" if request.url.query else ""
    return f"/payments/{request.path_params['payment_id']}{query}"
