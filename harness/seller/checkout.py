"""Checkout mode: asking the handler's ACTION_URI for a page to pay on."""

import asyncio
import json
import logging
import ssl
import time
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import Any
from urllib.parse import urlencode

import httpx
import segno

from payframe.authorities import usual_authorities

from ..sale.fields import (
    DEFAULT_ERROR,
    Field,
    is_web_address,
    mode_data,
    read_fields,
    system_params,
)
from ..sale.values import Value
from ..store.database import Store
from ..store.models import Handler, Payment

log = logging.getLogger("payframe.seller")

SHOWN_OF_ANSWER = 2000
"""Characters of an answer that the integrator gets to see."""
ID_LENGTH = 255
"""What the platform has room for in a payment's external ID."""
KEPT = 500
"""Payments whose last call is kept for the integrator to look at."""


@dataclass(frozen=True)
class Limits:
    """Seconds to connect, seconds for the whole call, bytes of the answer."""

    connect: float = 5.0
    total: float = 15.0
    size: int = 1_000_000


@dataclass(frozen=True)
class CheckoutCall:
    """One request to ACTION_URI: `body` as it goes over the wire."""

    action_uri: str
    body: str


@dataclass(frozen=True)
class CheckoutAnswer:
    """What came of a call.

    `cause` is why there is no page to pay on, for the integrator; `errors` is what the buyer
    reads. `status` is None where there was no HTTP answer, `text` its beginning.
    """

    payment_url: str = ""
    payment_id: str = ""
    errors: tuple[str, ...] = ()
    cause: str = ""
    status: int | None = None
    text: str = ""
    seconds: float = 0.0


@dataclass
class Checkouts:
    """The calls of one shop: those in flight, and the last one of each payment.

    A second submit while one is in flight waits for that one's answer and calls nothing.
    """

    client: httpx.AsyncClient
    limits: Limits
    in_flight: dict[tuple[int, int], asyncio.Task[CheckoutAnswer]] = field(default_factory=dict)
    last: dict[int, tuple[CheckoutCall, CheckoutAnswer]] = field(default_factory=dict)
    listeners: list[Callable[[int, CheckoutCall, CheckoutAnswer], None]] = field(
        default_factory=list
    )
    """Each is called with the ID of a payment, the call and its answer."""

    async def once(
        self, key: tuple[int, int], work: Callable[[], Awaitable[CheckoutAnswer]]
    ) -> CheckoutAnswer:
        """The answer of the work under way for a payment and a payment system, or of this one."""
        task = self.in_flight.get(key)
        if task is None:
            task = asyncio.ensure_future(work())
            self.in_flight[key] = task
            task.add_done_callback(lambda _: self.in_flight.pop(key, None))
        # A buyer who goes away must not end it for the one who waits in another tab.
        return await asyncio.shield(task)

    async def close(self) -> None:
        for task in self.in_flight.values():
            task.cancel()
        await self.client.aclose()

    def remember(self, payment_id: int, call: CheckoutCall, answer: CheckoutAnswer) -> None:
        self.last.pop(payment_id, None)
        self.last[payment_id] = call, answer
        for listener in self.listeners:
            listener(payment_id, call, answer)
        while len(self.last) > KEPT:
            del self.last[next(iter(self.last))]


def new_client(trust: ssl.SSLContext | None = None) -> httpx.AsyncClient:
    """What calls are made with. No call leaves a cookie to the next, which is another buyer's."""
    jar = CookieJar(DefaultCookiePolicy(allowed_domains=[]))
    return httpx.AsyncClient(cookies=jar, verify=trust or usual_authorities())


def fields_of(handler: Handler, values: dict[str, Value]) -> list[Field]:
    """Raises NotShownError."""
    return read_fields(mode_data(handler, "CHECKOUT_DATA"), handler, values)


def unanswered(fields: Iterable[Field], answers: dict[str, str]) -> list[Field]:
    """The fields that only the buyer can fill in, and has not."""
    return [each for each in fields if each.code is None and each.name not in answers]


def call_for(
    payment: Payment,
    handler: Handler,
    values: dict[str, Value],
    answers: dict[str, str],
    return_url: str,
) -> CheckoutCall:
    """The call for a payment; `answers` count where FIELDS has their name. Raises NotShownError."""
    data = mode_data(handler, "CHECKOUT_DATA")
    system = system_params(payment, return_url)
    pairs = [(f"BX_SYSTEM_PARAMS[{name}]", str(value)) for name, value in system.items()]
    pairs += [
        (each.name, answers.get(each.name, each.value))
        for each in read_fields(data, handler, values)
        if each.name in answers or each.code is not None
    ]
    return CheckoutCall(data["ACTION_URI"], urlencode(pairs))


async def send(client: httpx.AsyncClient, call: CheckoutCall, limits: Limits) -> CheckoutAnswer:
    """CheckoutCall ACTION_URI. Never raises: what goes wrong stands in the answer's `cause`."""
    began = time.monotonic()
    status: int | None = None
    body = bytearray()

    def failed(cause: str) -> CheckoutAnswer:
        return CheckoutAnswer(
            errors=(DEFAULT_ERROR,),
            cause=cause,
            status=status,
            text=_shown(bytes(body)),
            seconds=time.monotonic() - began,
        )

    try:
        async with (
            asyncio.timeout(limits.total),
            client.stream(
                "POST",
                call.action_uri,
                content=call.body,
                headers={
                    "Content-Type": "application/x-www-form-urlencoded",
                    "Accept-Encoding": "identity",
                },
                timeout=httpx.Timeout(None, connect=limits.connect),
                follow_redirects=False,
            ) as response,
        ):
            status = response.status_code
            # Raw, so that a few compressed bytes cannot become more than the limit.
            async for chunk in response.aiter_raw():
                body += chunk
                if len(body) > limits.size:
                    return failed(f"the answer is larger than {limits.size:,} bytes")
    except TimeoutError:
        what = "answer" if status is None else "whole answer"
        return failed(f"no {what} within {limits.total:g} seconds")
    except httpx.ConnectTimeout:
        return failed(f"no connection within {limits.connect:g} seconds")
    except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
        return failed(f"cannot be called: {error or type(error).__name__}")
    if status != 200:
        location = response.headers.get("location")
        to = f" to {location}, which is not followed" if location else ""
        return failed(f"answered HTTP {status}{to}, expected 200")
    seconds = time.monotonic() - began
    return read_answer(bytes(body), status=status, text=_shown(bytes(body)), seconds=seconds)


def read_answer(body: bytes, **seen: Any) -> CheckoutAnswer:
    """What the JSON of an HTTP 200 means, by the platform's rules. `seen` is of the answer."""

    def failed(cause: str) -> CheckoutAnswer:
        return CheckoutAnswer(errors=(DEFAULT_ERROR,), cause=cause, **seen)

    try:
        content = json.loads(body)
    except (ValueError, RecursionError) as error:
        return failed(f"the answer is not JSON: {error}")
    if not isinstance(content, dict):
        return failed(f"the answer is a JSON {type(content).__name__}, expected an object")
    answer = {key.upper(): value for key, value in content.items()}
    url, payment_id = _text(answer.get("PAYMENT_URL")), _text(answer.get("PAYMENT_ID"))
    if url and payment_id:
        if not is_web_address(url):
            return failed(f"PAYMENT_URL is {url[:200]!r}, expected an http:// or https:// URL")
        if len(payment_id) > ID_LENGTH:
            return failed(f"PAYMENT_ID has {len(payment_id)} characters, expected {ID_LENGTH}")
        return CheckoutAnswer(payment_url=url, payment_id=payment_id, **seen)
    errors = answer.get("PAYMENT_ERRORS")
    told = tuple(filter(None, map(_text, errors))) if isinstance(errors, list) else ()
    if told:
        return CheckoutAnswer(errors=told, cause="the handler refused: " + "; ".join(told), **seen)
    missing = [name for name, value in (("PAYMENT_URL", url), ("PAYMENT_ID", payment_id)) if value]
    return failed(
        "the answer has neither PAYMENT_URL and PAYMENT_ID nor a list PAYMENT_ERRORS"
        + (f" (only {missing[0]})" if missing else "")
    )


def keep_external_id(store: Store, payment: Payment, payment_id: str) -> None:
    """Write down the payment's ID at the service, unless the buyer has changed over to another."""
    with store.write() as session:
        found = session.get(Payment, payment.id)
        if found and found.paid != "Y" and found.pay_system_id == payment.pay_system_id:
            found.ps_invoice_id = payment_id


def qr_code(url: str) -> str:
    """The URL as an SVG element; empty where it is too long for a QR code."""
    try:
        code = segno.make_qr(url)
    except segno.DataOverflowError:
        return ""
    return code.svg_inline(border=2, dark="#000", light="#fff", omitsize=True, svgclass="qr")


def report(payment: Payment, call: CheckoutCall, answer: CheckoutAnswer) -> None:
    """Tell the integrator why the buyer gets no page to pay on."""
    if answer.cause:
        log.error(
            "payment %s through %r: ACTION_URI %s: %s",
            payment.account_number,
            payment.pay_system.name,
            call.action_uri,
            answer.cause,
        )


def _text(value: Any) -> str:
    """A string or a whole number as text that can be stored; empty for what PHP calls empty."""
    if isinstance(value, bool) or not isinstance(value, str | int) or value in (0, "0"):
        return ""
    return str(value).encode("utf-8", "replace").decode().replace("\0", "")


def _shown(body: bytes) -> str:
    return body[: 4 * SHOWN_OF_ANSWER].decode("utf-8", "replace")[:SHOWN_OF_ANSWER]
