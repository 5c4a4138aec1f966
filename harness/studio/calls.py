"""Calls between the servers as rows of the timeline: gateway, portal and the platform's own.

A row's content has `request` and `response` in the words of a HAR file.
"""

import json
import re
import time
from typing import Any

from payframe.widget.secret import is_secret_name
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ..portal.log import Entry, shorten
from ..portal.view import pretty
from ..printable import mask_tokens
from ..sandbox.cards import passes_luhn
from ..seller.checkout import CheckoutAnswer, CheckoutCall
from .timeline import Level, Row, Timeline

MASK = "•••"
CARD = {"number", "cvc", "cvv", "security_code"}
"""Names under which a card's data is sent. Nothing of it is kept."""
CARD_NUMBER = re.compile(r"(?<!\d)\d(?:(?:[ -]|%20|\+)?\d){13,18}(?!\d)")
"""What may be one, whatever it is called: digits that may stand in groups."""
FIRST_ERROR, FIRST_FAILURE = 400, 500
OF_PAYMENT = re.compile(r"/payments/([^/?]+)")


def watch_portal(timeline: Timeline, call: Entry) -> None:
    """A call of REST, with every token masked already."""
    reason = f"{call.error}: {call.text}" if call.error else ""
    warnings = " ".join(call.warnings)
    level: Level = "error" if reason else "warning" if warnings else "info"
    timeline.add(
        Row(
            source="portal",
            kind="by gateway" if call.by_gateway else "call",
            title=f"{call.method} {call.status}",
            payment=_payment_in(call.method, call.request),
            level=level,
            mark=reason or (call.problem.text if call.problem else "") or warnings,
            fact="portal",
            time=call.moment.timestamp(),
            content=exchange(
                call.verb,
                call.address,
                dict(call.headers),
                call.request,
                call.status,
                call.answer,
                call.seconds,
            ),
        )
    )


def watch_checkout(
    timeline: Timeline, payment_id: int, call: CheckoutCall, answer: CheckoutAnswer
) -> None:
    """The platform's call of ACTION_URI in checkout mode."""
    status = str(answer.status) if answer.status else "no answer"
    timeline.add(
        Row(
            source="platform",
            kind="call",
            title=f"POST {call.action_uri} {status}",
            payment=payment_id,
            level="error" if answer.cause else "info",
            mark=answer.cause,
            fact="checkout",
            time=time.time() - answer.seconds,
            content=exchange(
                "POST",
                call.action_uri,
                {"content-type": "application/x-www-form-urlencoded"},
                call.body,
                answer.status or 0,
                answer.text,
                answer.seconds,
            ),
        )
    )


def exchange(
    method: str,
    url: str,
    headers: dict[str, str],
    body: str,
    status: int,
    answer: str,
    seconds: float,
) -> dict[str, Any]:
    """The content of a call's row; what is JSON is written to be read."""
    return {
        "request": {
            "method": method,
            "url": url,
            "headers": headers,
            "body": shorten(pretty(body)),
        },
        "response": {"status": status, "body": shorten(pretty(answer))},
        "seconds": round(seconds, 4),
    }


def _payment_in(method: str, parameters: str) -> int | None:
    """The ID of the payment that a call of REST names."""
    try:
        given = json.loads(parameters)
    except ValueError:
        return None
    named = {str(name).lower(): value for name, value in given.items()}
    of_payments = method.startswith("sale.payment.")
    return _id(named.get("payment_id") or (named.get("id") if of_payments else None))


def _id(value: Any) -> int | None:
    return int(value) if str(value).isdecimal() else None


class GatewayCalls:
    """ASGI: tells the timeline of each call of the gateway's API, without any card's data."""

    def __init__(self, app: ASGIApp, timeline: Timeline, base: str) -> None:
        """`base` is the URL under which the API is reached. It limits bodies itself."""
        self.app = app
        self.timeline = timeline
        self.base = base
        self._payments: dict[str, int] = {}
        """The gateway's IDs of payments -> the portal's."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] == "OPTIONS":
            return await self.app(scope, receive, send)
        began, status = time.time(), 0
        sent, answered = bytearray(), bytearray()

        async def receiving() -> Message:
            message = await receive()
            sent.extend(message.get("body", b""))
            return message

        async def sending(message: Message) -> None:
            nonlocal status
            status = message.get("status", status)
            answered.extend(message.get("body", b""))
            await send(message)

        try:
            await self.app(scope, receiving, sending)
        finally:
            self._tell(scope, began, sent.decode(errors="replace"), status, bytes(answered))

    def _tell(self, scope: Scope, began: float, sent: str, status: int, answered: bytes) -> None:
        path = scope["path"].removeprefix(scope.get("root_path", ""))
        if "/payments" not in path and path not in ("/checkout", "/form"):
            return
        answer = answered.decode(errors="replace")
        query = scope["query_string"].decode(errors="replace")
        headers = {
            name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]
        }
        self.timeline.add(
            Row(
                source="gateway",
                kind="call",
                title=f"{scope['method']} {path} {status or 'cut off'}",
                payment=self._payment(path, sent, answer),
                level=level_of(status),
                mark=_problem(answer) if status >= FIRST_ERROR else "",
                fact="gateway",
                time=began,
                content=exchange(
                    scope["method"],
                    self.base + path + (f"?{query}" if query else ""),
                    headers,
                    without_card(sent),
                    status,
                    without_card(answer),
                    time.time() - began,
                ),
            )
        )

    def _payment(self, path: str, sent: str, answer: str) -> int | None:
        if named := OF_PAYMENT.search(path):
            return self._payments.get(named[1])
        asked, got = _json(sent), _json(answer)
        number = _id(asked.get("payment_id"))
        if number and "id" in got:
            self._payments[str(got["id"])] = number
        return number


def level_of(status: int) -> Level:
    """Of a call, by the status of its answer; 0 where there is none."""
    if status == 0 or status >= FIRST_FAILURE:
        return "error"
    return "warning" if status >= FIRST_ERROR else "info"


def _json(text: str) -> dict[str, Any]:
    try:
        read = json.loads(text)
    except ValueError:
        return {}
    return read if isinstance(read, dict) else {}


def _problem(answer: str) -> str:
    """What the problem details (RFC 9457) of an answer say."""
    told = _json(answer)
    return str(told.get("detail") or told.get("title") or "")


def without_card(body: str) -> str:
    """A whole body, in which then no card and no secret can be read."""
    read = _json(body)
    text = json.dumps(_masked(read), ensure_ascii=False) if read else mask_tokens(body)
    return CARD_NUMBER.sub(_masked_number, text)


def _masked_number(found: re.Match[str]) -> str:
    digits = re.sub(r"%20|\D", "", found[0])
    return MASK if passes_luhn(digits) else found[0]


def _masked(value: Any, *, secret: bool = False) -> Any:
    match value:
        case dict():
            return {
                name: _masked(inner, secret=name in CARD or is_secret_name(name))
                for name, inner in value.items()
            }
        case list():
            return [_masked(inner, secret=secret) for inner in value]
    return MASK if secret else value
