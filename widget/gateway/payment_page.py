"""The payment page for buyers who have left the shop: in a frame, as in the shop's own page.

A provider whose methods have no page of the service's own, such as a card in fields of the page,
serves handlers in form and checkout mode so.
"""

import secrets
from typing import Any
from urllib.parse import quote, urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from .ledger import LedgerPayment, find_payment
from .pages import page
from .problems import ProblemError
from .service import Gateway


def address(gateway: Gateway, payment: LedgerPayment, back: str) -> str:
    """Where a payment can be paid. The buyer comes back to `back`."""
    return f"{gateway.url}/pay/{payment.id}?{urlencode({'back': back})}"


def routes(gateway: Gateway) -> list[Route]:
    async def pay(request: Request) -> Response:
        back = request.query_params.get("back", "")
        try:
            _check(back)
            payment = await run_in_threadpool(
                find_payment, gateway.store, request.path_params["payment_id"]
            )
        except ProblemError as problem:
            return page(request, "message.html", problem.status, text=problem.detail)
        if payment.paid:
            return RedirectResponse(back, 303)
        nonce = secrets.token_urlsafe(16)
        response = page(
            request,
            "pay.html",
            payment=payment,
            url=gateway.page,
            message=_message(payment, back),
            back=back,
            nonce=nonce,
        )
        response.headers["Content-Security-Policy"] = "; ".join(
            (
                "default-src 'none'",
                f"script-src 'nonce-{nonce}'",
                "style-src 'unsafe-inline'",
                "frame-src http: https:",  # the page, and a bank's where the buyer confirms
                "base-uri 'none'",
                "form-action 'none'",
                "frame-ancestors 'none'",
            )
        )
        response.headers["Referrer-Policy"] = "no-referrer"
        return response

    async def leave(request: Request) -> Response:
        """Back to the shop, for the page in the frame: it goes to no origin but this one."""
        back = request.query_params.get("back", "")
        try:
            _check(back)
        except ProblemError as problem:
            return page(request, "message.html", problem.status, text=problem.detail)
        return RedirectResponse(back, 303)

    def _check(back: str) -> None:
        """Raises ProblemError for what is no page of a shop, nor the last page of a form."""
        if not gateway.returns_to(back) and back != f"{gateway.url}/form/done":
            raise ProblemError(422, "return_url_refused", "The return URL is not the shop's.")

    def _message(payment: LedgerPayment, back: str) -> dict[str, Any]:
        return {
            **gateway.shops.fields(payment.shop),
            "BX_SYSTEM_PARAMS": {
                "RETURN_URL": f"{gateway.url}/return?back={quote(back, safe='')}",
                "PAYMENT_ID": str(payment.payment_id),
                "PAYSYSTEM_ID": str(payment.pay_system_id),
                "SUM": payment.value,
                "CURRENCY": payment.currency,
            },
        }

    return [
        Route("/pay/{payment_id}", pay, methods=["GET"]),
        Route("/return", leave, methods=["GET"]),
    ]
