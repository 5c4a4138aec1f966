"""Where the payment service tells that it has news: POST /notifications, or /notifications/SHOP."""

import logging

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from .ledger import find_attempt
from .portal_client import PortalRefusedError, PortalUnavailableError, unreachable
from .problems import ProblemError
from .provider import Notification, SignatureError
from .service import Gateway, HasAccounts
from .settlement import Settlement

log = logging.getLogger("payframe.gateway")

LARGEST = 100_000
"""Bytes of a notification."""


def routes(gateway: Gateway) -> list[Route]:
    async def notify(request: Request) -> Response:
        body = bytearray()
        async for part in request.stream():
            body += part
            if len(body) > LARGEST:
                raise ProblemError(413, "content_too_large", "This notification is too large.")
        headers = {name.lower(): value for name, value in request.headers.items()}
        shop = request.path_params.get("shop", "")
        notification = Notification(shop, headers, bytes(body))
        settlement: Settlement = request.state.settlement
        try:
            attempt_ids = gateway.provider.notified(notification)
            for attempt_id in attempt_ids:
                await verify(settlement, notification, attempt_id)
        except SignatureError as error:
            log.warning("a notification is not the service's: %s", error)
            problem = "The signature of this notification is wrong."
            raise ProblemError(400, "signature_refused", problem) from error
        for attempt_id in attempt_ids:
            await settlement.look(attempt_id)
        return Response(status_code=204)

    async def verify(settlement: Settlement, notification: Notification, attempt_id: str) -> None:
        """Raises SignatureError for the news of another shop's account."""
        provider = gateway.provider
        if not isinstance(provider, HasAccounts):
            return
        try:
            attempt = await run_in_threadpool(find_attempt, gateway.store, attempt_id)
        except ProblemError:  # of nobody here: there is nothing to look at
            return
        payment = attempt.payment
        try:
            settings = await settlement.settings(payment)
            provider.verify(notification, payment.for_provider(settings))
        except (PortalUnavailableError, PortalRefusedError) as error:
            # Whose it is cannot be told now: the service sends it again, and is asked without it.
            raise unreachable() from error

    return [
        Route("/notifications", notify, methods=["POST"]),
        Route("/notifications/{shop}", notify, methods=["POST"]),
    ]
