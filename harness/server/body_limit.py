"""No request has a body that is larger than what anybody needs, however it arrives."""

from collections.abc import Mapping

import anyio
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LARGEST = 1_000_000
"""Bytes of a body."""
LINGER = 5.0
"""Seconds in which the rest of a body that is too large is taken and thrown away: a client that is
still sending would not read the answer."""


class BodyLimit:
    """Counts the bytes while they arrive; nothing is kept of what is too much.

    Whoever reads such a body gets an HTTPException with the status 413, so that each part answers
    it in its own format. `others` are parts that may get more: beginning of the path -> bytes.
    """

    def __init__(self, app: ASGIApp, others: Mapping[str, int] | None = None) -> None:
        self._app = app
        self._others = others or {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        largest = next(
            (size for path, size in self._others.items() if scope["path"].startswith(path)), LARGEST
        )
        got = 0

        async def counted() -> Message:
            nonlocal got
            message = await receive()
            got += len(message.get("body", b""))
            if got > largest:
                await _throw_away(receive, message)
                raise HTTPException(413, f"The request is larger than {largest:,} bytes.")
            return message

        await self._app(scope, counted, send)


async def _throw_away(receive: Receive, message: Message) -> None:
    """The rest of a body."""
    with anyio.move_on_after(LINGER):
        while message.get("more_body"):
            message = await receive()
