"""Where the payment service tells that it has news: POST /notifications, or /notifications/SHOP."""

import logging

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from .problems import ProblemError
from .provider import Notification, SignatureError
from .service import Gateway
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
        try:
            attempt_ids = gateway.provider.notified(Notification(shop, headers, bytes(body)))
        except SignatureError as error:
            log.warning("a notification is not the service's: %s", error)
            problem = "The signature of this notification is wrong."
            raise ProblemError(400, "signature_refused", problem) from error
        settlement: Settlement = request.state.settlement
        for attempt_id in attempt_ids:
            await settlement.look(attempt_id)
        return Response(status_code=204)

    return [
        Route("/notifications", notify, methods=["POST"]),
        Route("/notifications/{shop}", notify, methods=["POST"]),
    ]
