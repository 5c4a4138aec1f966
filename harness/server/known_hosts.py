"""Only names of this machine are answered to: else a page of any site could call its own name this
machine's (DNS rebinding), and read what is here."""

import re

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from ..printable import printable
from .tls import HOSTS

_HOST = re.compile(r"(?:\[([0-9a-f:]+)\]|([a-z0-9.-]+))(?::[0-9]+)?", re.I | re.A)


class KnownHosts:
    """Refuses a request for any other host than HOSTS, whatever the port."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        app = self._app
        if scope["type"] == "http":
            asked = Headers(scope=scope).get("host", "")
            found = _HOST.fullmatch(asked)
            if not found or (found[1] or found[2]).lower() not in HOSTS:
                app = PlainTextResponse(
                    "payframe answers on this machine only, as localhost, 127.0.0.1 or [::1], "
                    f"and not as {printable(asked)[:100] or 'a host without a name'}.\n",
                    421,
                )
        await app(scope, receive, send)
