"""Handlers in form and checkout mode: the buyer pays on a page outside the shop.

Both begin an attempt with the first method that has a page of the service's own. Where none has,
the buyer chooses on the payment page.
"""

import secrets
from decimal import Decimal, InvalidOperation

from starlette.datastructures import FormData, QueryParams
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from . import payment_page
from .attempts import Intent
from .ledger import LedgerPayment
from .opening import open_payment
from .pages import page
from .problems import ProblemError
from .provider import Instrument, RefusedError
from .service import Gateway, whole_number
from .settlement import Settlement
from .words import language_of

RETURN_URL_LENGTH = 2000


def routes(gateway: Gateway) -> list[Route]:
    async def form(request: Request) -> Response:
        """Form mode. FIELDS must have `paymentId`, the payment's number, as in Bitrix24's example.

        The page may be opened without a click, by the automatic redirect; then nothing tells where
        to return to.
        """
        async with request.form() as posted:
            sent = posted if request.method == "POST" else request.query_params
            return_url = _text(sent, "BX_RETURN_URL")
            number, system = _text(sent, "paymentId"), _text(sent, "BX_PAYSYSTEM_ID")
            shop = gateway.shops.key(dict(sent))
        back = return_url if gateway.returns_to(return_url) else ""
        try:
            if return_url and not back:
                raise ProblemError(422, "return_url_refused", "The return URL is not the shop's.")
            pay_system_id = whole_number(system)
            if not number or pay_system_id is None:
                raise ProblemError(
                    422,
                    "invalid_request",
                    "The shop's page sent no paymentId or no BX_PAYSYSTEM_ID.",
                )
            portal = await gateway.shops.client(shop)
            payment_id = await portal.find(number, pay_system_id)
            payment = await open_payment(gateway, shop, payment_id, pay_system_id)
            url = await _begin(request, payment, back or f"{gateway.url}/form/done")
        except ProblemError as problem:
            return page(request, "message.html", problem.status, text=problem.detail, back=back)
        return RedirectResponse(url, 303)

    async def done(request: Request) -> Response:
        return page(request, "done.html")

    async def checkout(request: Request) -> Response:
        """Checkout mode: answers PAYMENT_URL and PAYMENT_ID, or PAYMENT_ERRORS."""
        async with request.form() as sent:
            system = {
                name: _text(sent, f"BX_SYSTEM_PARAMS[{name}]")
                for name in ("PAYMENT_ID", "PAYSYSTEM_ID", "SUM", "CURRENCY", "RETURN_URL")
            }
            shop = gateway.shops.key(dict(sent))
        try:
            payment_id = whole_number(system["PAYMENT_ID"])
            pay_system_id = whole_number(system["PAYSYSTEM_ID"])
            if payment_id is None or pay_system_id is None:
                raise ProblemError(422, "invalid_request", "BX_SYSTEM_PARAMS names no payment.")
            if not gateway.returns_to(system["RETURN_URL"]):
                raise ProblemError(422, "return_url_refused", "RETURN_URL is not the shop's.")
            payment = await open_payment(gateway, shop, payment_id, pay_system_id)
            _check_amount(payment, system["SUM"], system["CURRENCY"])
            url = await _begin(request, payment, system["RETURN_URL"])
        except ProblemError as problem:
            return JSONResponse({"PAYMENT_ERRORS": [problem.detail]})
        return JSONResponse({"PAYMENT_URL": url, "PAYMENT_ID": payment.id})

    async def _begin(request: Request, payment: LedgerPayment, return_url: str) -> str:
        """Where the buyer goes: to the service, or straight back with a payment that is paid.

        Raises ProblemError.
        """
        if len(return_url) > RETURN_URL_LENGTH:
            raise ProblemError(422, "return_url_refused", "The return URL is too long.")
        if payment.paid:
            return return_url
        waiting = payment.attempts[-1] if payment.status == "action_required" else None
        method = next((each for each in payment.offered if each.leaves_the_shop), None)
        if method is None and payment.offered:
            return payment_page.address(gateway, payment, return_url)
        if method is None:
            raise ProblemError(409, "method_unknown", "This way to pay is not offered here.")
        # The page that the buyer may still have open stays the one that pays.
        if waiting and (waiting.method, waiting.return_url) == (method.type, return_url):
            return str(waiting.action["url"])
        intent = Intent(
            secrets.token_urlsafe(16),
            method,
            _instrument(method.type),
            return_url,
            language_of(request).tag,
        )
        settlement: Settlement = request.state.settlement
        now = await settlement.begin(payment, intent, {})
        if now.paid:
            return return_url
        attempt = now.attempts[-1]
        if attempt.status == "failed":
            raise ProblemError(409, attempt.error_code, attempt.error_message)
        return str(attempt.action.get("url", return_url))

    def _instrument(method: str) -> Instrument:
        """Raises ProblemError for a method that has to ask the buyer something first."""
        try:
            return gateway.provider.instrument(method, {})
        except RefusedError as refusal:
            raise ProblemError(409, refusal.code, refusal.message) from refusal

    return [
        Route("/form", form, methods=["GET", "POST"]),
        Route("/form/done", done, methods=["GET"]),
        Route("/checkout", checkout, methods=["POST"]),
        *payment_page.routes(gateway),
    ]


def _check_amount(payment: LedgerPayment, value: str, currency: str) -> None:
    """What the shop's page says must be what the portal says. Raises ProblemError."""
    try:
        same = Decimal(value) == Decimal(payment.value) and currency == payment.currency
    except InvalidOperation:
        same = False
    if not same:
        raise ProblemError(
            409,
            "amount_changed",
            f"The shop's page says {value} {currency}, but the payment is for {payment.value} "
            f"{payment.currency}.",
        )


def _text(sent: FormData | QueryParams, name: str) -> str:
    value = sent.get(name)
    return value if isinstance(value, str) else ""
