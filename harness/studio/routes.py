"""The studio's addresses: its page, what it is told live, and what its controls ask for."""

import json
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from sqlalchemy import select
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from payframe.errors import PayframeError

from ..own_origin import is_own
from ..portal.errors import SYSTEM
from ..sale.handlers import handler_of, mode_of
from ..sandbox.cards import described_cards
from ..sandbox.faults import Faults
from ..seller.pages import THEMES
from ..store.database import Store
from ..store.models import Payment, PaySystem
from .facts import FACTS
from .faults import WrongFaultError, clear_faults, set_fault, waiting_faults
from .payments import BUYERS, Wanted, WantedError, mode_of_payment, open_payment
from .workbench import Workbench

HERE = Path(__file__).parent
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; connect-src 'self'; frame-src 'self'; form-action 'self'; "
    "frame-ancestors 'none'; base-uri 'none'"
)
TEMPLATES = Environment(
    loader=FileSystemLoader(HERE / "templates"), autoescape=True, undefined=StrictUndefined
)
AMOUNTS = [
    ("0.01", "USD"),
    ("100.00", "USD"),
    ("249.90", "EUR"),
    ("12800", "JPY"),
    ("38.750", "KWD"),
    ("1234567890123.45", "IDR"),
]
"""Amounts that pages stumble over: the least, zero and three decimals, more than a float holds."""

COMPARED = ("before", "now")
IMITATED = ("network", "storage", "language", "scheme")


@dataclass(frozen=True)
class Studio:
    """`faults` are the sandbox's, None where another provider takes the payments. `page` is what
    the handler of payframe.toml shows."""

    store: Store
    bench: Workbench
    faults: Faults | None
    page: str


def routes(studio: Studio) -> list[BaseRoute]:
    """What changes something may be asked for by pages of this origin alone."""
    bench = studio.bench

    def show(_request: Request) -> Response:
        text = TEMPLATES.get_template("studio.html").render(
            choices=_choices(studio), checks=bench.checks
        )
        headers = {"Content-Security-Policy": POLICY, "Cache-Control": "no-store"}
        return HTMLResponse(text, headers=headers)

    def facts(_request: Request) -> Response:
        text = TEMPLATES.get_template("facts.html").render(facts=FACTS)
        return HTMLResponse(text, headers={"Content-Security-Policy": POLICY})

    async def payment(request: Request) -> Response:
        asked = await _sent(request)
        fresh = asked.get("fresh") == "1"
        return await run_in_threadpool(
            _payment, studio, Wanted.of(asked, bench.config.currency), fresh
        )

    def paid(request: Request) -> Response:
        with studio.store.read() as session:
            found = session.get(Payment, request.path_params["payment_id"])
            return JSONResponse({"paid": bool(found and found.paid == "Y")})

    async def events(request: Request) -> Response:
        last = request.headers.get("last-event-id", "")
        after = int(last) if last.isdecimal() else None

        async def stream() -> AsyncIterator[str]:
            yield "retry: 1000\n\n"
            async for notice in bench.timeline.follow(after):
                yield notice.as_event()

        headers = {"Cache-Control": "no-store"}
        return StreamingResponse(stream(), media_type="text/event-stream", headers=headers)

    async def faults(request: Request) -> Response:
        try:
            if request.method == "POST":
                body = await request.body()
                await run_in_threadpool(set_fault, body, studio.faults, studio.store)
            elif request.method == "DELETE":
                await run_in_threadpool(clear_faults, studio.faults, studio.store)
        except WrongFaultError as error:
            return JSONResponse({"error": str(error)}, 422)
        return JSONResponse(await run_in_threadpool(waiting_faults, studio.faults, studio.store))

    async def browser(request: Request) -> Response:
        """What only the studio's own browser can do: `imitate`, `card`, `keep` or `restore`."""
        asked = {name: str(value) for name, value in (await _sent(request)).items()}
        own, filled = bench.browser, []
        match request.path_params["action"]:
            case "imitate":
                await own.imitate(**{name: asked.get(name, "") for name in IMITATED})
            case "card":
                filled = await own.fill(asked.get("number", ""))
            case "keep":
                await own.keep_typed()
            case "restore":
                own.restore_typed()
        return JSONResponse({"watched": own.opened, "filled": filled})

    async def check(request: Request) -> Response:
        asked = await _sent(request)
        page = str(asked.get("page", ""))
        url = None if page in ("", studio.page) else page
        amount, currency = str(asked.get("amount", "100.00")), str(asked.get("currency", "USD"))
        await bench.check.start(url, amount, currency)
        return JSONResponse({})

    async def comparison(request: Request) -> Response:
        # A shop that compares nothing starts without a browser's and a picture's libraries.
        from .comparing import Shown, compare_pages

        asked = await _sent(request)
        base = f"{request.url.scheme}://{request.url.netloc}"
        width = asked.get("width")
        paths = [str(asked.get(name)) for name in COMPARED]
        of_shop = all(path.startswith("/payments/") for path in paths)
        if not (isinstance(width, int) and width > 0 and of_shop):
            text = "Two payment pages of the shop and a width in CSS px are needed."
            return JSONResponse({"error": text}, 422)
        pages = [Shown(path, width) for path in paths]
        try:
            compared = await run_in_threadpool(compare_pages, base, *pages)
        except PayframeError as error:
            return JSONResponse({"error": str(error)}, 422)
        return JSONResponse(
            {
                "same": compared.share == 0,
                "sentence": compared.sentence,
                "url": bench.check.keep(compared.picture),
            }
        )

    def picture(request: Request) -> Response:
        png = bench.check.picture(request.path_params["number"])
        return Response(png or b"", 200 if png else 404, media_type="image/png")

    return [
        Route("/studio", show, methods=["GET"]),
        Route("/studio/facts", facts, methods=["GET"]),
        Route("/studio/events", events, methods=["GET"]),
        Route("/studio/payment", _own(payment), methods=["POST"]),
        Route("/studio/payments/{payment_id:int}", paid, methods=["GET"]),
        Route("/studio/browser/{action}", _own(browser), methods=["POST"]),
        Route("/studio/check", _own(check), methods=["POST"]),
        Route("/studio/comparison", _own(comparison), methods=["POST"]),
        Route("/studio/pictures/{number:int}", picture, methods=["GET"]),
        Route("/studio/faults", _own(faults), methods=["GET", "POST", "DELETE"]),
        Mount("/studio/static", StaticFiles(directory=HERE / "static")),
    ]


def _payment(studio: Studio, wanted: Wanted, fresh: bool) -> Response:
    try:
        with studio.store.write() as session:
            number = open_payment(session, wanted, studio.bench.config, fresh=fresh)
            payment = session.get_one(Payment, number)
            mode, page = mode_of_payment(session, number)
            return JSONResponse(
                {
                    "id": number,
                    "order": payment.order.account_number,
                    "amount": payment.sum,
                    "currency": payment.currency,
                    "system": payment.pay_system.name,
                    "paid": payment.paid == "Y",
                    "mode": mode,
                    "page": page,
                    "own": page == studio.page,
                }
            )
    except WantedError as error:
        return JSONResponse({"errors": error.errors}, 422)


def _choices(studio: Studio) -> dict[str, Any]:
    """What the controls offer."""
    with studio.store.read() as session:
        systems = session.scalars(
            select(PaySystem).where(PaySystem.active == "Y").order_by(PaySystem.sort, PaySystem.id)
        )
        handlers = [
            {"code": each.action_file, "name": each.name, "mode": mode}
            for each in systems
            if (mode := mode_of(handler_of(session, each)))
        ]
    return {
        "themes": list(THEMES.items()),
        "handlers": handlers,
        "amounts": AMOUNTS,
        "currency": studio.bench.config.currency,
        "buyers": list(BUYERS),
        "cards": described_cards() if studio.faults is not None else [],
        "portal_faults": list(SYSTEM),
        "gateway_faults": studio.faults is not None,
    }


async def _sent(request: Request) -> dict[str, Any]:
    try:
        sent = json.loads(await request.body())
    except ValueError:
        return {}
    return sent if isinstance(sent, dict) else {}


def _own(
    endpoint: Callable[[Request], Awaitable[Response]],
) -> Callable[[Request], Awaitable[Response]]:
    """An endpoint that pages of other origins may not use."""

    async def guarded(request: Request) -> Response:
        if is_own(request):
            return await endpoint(request)
        return JSONResponse({"error": "Pages of other origins may not use the studio."}, 403)

    return guarded
