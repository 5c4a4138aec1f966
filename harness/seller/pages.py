"""The seller's site: the list of payments and the payment page."""

import re
from decimal import Decimal
from pathlib import Path
from typing import Literal

from babel.numbers import format_currency
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from sqlalchemy import select
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from ..store.database import Store
from ..store.models import Handler, Payment
from .iframe import frame
from .values import handler_of

HERE = Path(__file__).parent
THEMES = {"light": "Light", "dark": "Dark", "brand": "Branded"}
Mode = Literal["iframe", "checkout", "form"]


def print_money(value: str, currency: str) -> str:
    """An amount as an English shop prints it; digit for digit, in any currency."""
    text = format_currency(Decimal(value), currency, locale="en_US", decimal_quantization=False)
    # Babel leaves out CLDR's space between a code and the digits.
    return re.sub(r"(?<=[A-Za-z])(?=\d)", "\N{NO-BREAK SPACE}", text)


def mode_of(handler: Handler | None) -> Mode | None:
    """The operating mode: the first of the three keys of SETTINGS that is not empty."""
    if handler is None:
        return None
    if handler.settings.get("IFRAME_DATA"):
        return "iframe"
    return "checkout" if handler.settings.get("CHECKOUT_DATA") else "form"


TEMPLATES = Environment(
    loader=FileSystemLoader(HERE / "templates"), autoescape=True, undefined=StrictUndefined
)
TEMPLATES.filters["money"] = print_money


def routes(store: Store) -> list[BaseRoute]:
    def payments(request: Request) -> Response:
        with store.read() as session:
            rows = [
                (payment, mode_of(handler_of(session, payment.pay_system)))
                for payment in session.scalars(select(Payment).order_by(Payment.id)).unique()
            ]
        return _page("payments.html", request, rows=rows)

    def payment(request: Request) -> Response:
        with store.read() as session:
            number = request.path_params["payment_id"]
            found = session.get(Payment, number) if number < 2**63 else None
            if found is None:
                return _page(
                    "message.html",
                    request,
                    status=404,
                    title="Payment not found",
                    text=f"There is no payment {request.path_params['payment_id']} in this shop.",
                )
            handler = handler_of(session, found.pay_system)
            mode = mode_of(handler)
            if found.paid == "Y":
                return _page("paid.html", request, payment=found)
            if handler is None or mode != "iframe":
                return _page(
                    "message.html",
                    request,
                    status=501 if handler else 404,
                    title="This payment cannot be shown",
                    text=f"Payment system {found.pay_system.name!r} has no handler in IFrame mode.",
                )
            return _page(
                "iframe.html",
                request,
                payment=found,
                frame=frame(session, found, handler, str(request.url)),
            )

    return [
        Route("/", payments, methods=["GET"]),
        Route("/payments/{payment_id:int}", payment, methods=["GET"]),
        Mount("/static", StaticFiles(directory=HERE / "static")),
    ]


def not_found(request: Request, _error: Exception) -> Response:
    return _page(
        "message.html",
        request,
        status=404,
        title="Page not found",
        text="There is no such page in this shop.",
    )


def crashed(request: Request, _error: Exception) -> Response:
    """An error nobody expected: the server's log has the trace, the reader gets a sentence."""
    return _page(
        "message.html",
        request,
        status=500,
        title="Something went wrong",
        text="This page could not be shown. The terminal in which payframe runs says why.",
    )


def _page(template: str, request: Request, *, status: int = 200, **context: object) -> Response:
    theme = request.query_params.get("theme")
    page = TEMPLATES.get_template(template).render(
        theme=theme if theme in THEMES else "light",
        themes=THEMES,
        path=request.url.path,
        **context,
    )
    # The page shows what the database says now, also when the buyer goes back to it.
    return HTMLResponse(page, status, headers={"Cache-Control": "no-store"})
