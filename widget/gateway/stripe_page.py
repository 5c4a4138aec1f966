"""The page in the frame where Stripe's own script has the buyer's bank confirm a payment."""

import secrets
from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from .ledger import find_attempt
from .pages import page
from .problems import ProblemError
from .service import Gateway


def endpoint(gateway: Gateway, script: str) -> Callable[[Request], Awaitable[Response]]:
    """`script` is the address of Stripe's."""
    stripe = urlsplit(script)
    origin = f"{stripe.scheme}://{stripe.netloc}"

    async def confirm(request: Request) -> Response:
        try:
            attempt = await run_in_threadpool(
                find_attempt, gateway.store, request.path_params["attempt_id"]
            )
        except ProblemError as problem:
            return page(request, "message.html", problem.status, text=problem.detail)
        if attempt.status != "action_required":
            return RedirectResponse(attempt.return_url, 303)
        nonce = secrets.token_urlsafe(16)
        response = page(request, "stripe.html", script=script, nonce=nonce, back=attempt.return_url)
        sources = f"{origin} https://*.stripe.com"
        response.headers["Content-Security-Policy"] = "; ".join(
            (
                "default-src 'none'",
                f"script-src 'nonce-{nonce}' {sources}",
                "style-src 'unsafe-inline'",
                f"frame-src {sources} https://hooks.stripe.com",
                f"connect-src {sources}",
                "base-uri 'none'",
            )
        )
        response.headers["Referrer-Policy"] = "no-referrer"
        return response

    return confirm
