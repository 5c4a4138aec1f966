"""The web view at /portal: what is registered, and what the last calls asked and got."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from payframe.widget.modes import MODES
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from ..own_origin import is_own
from ..printable import breakable, mask_tokens
from ..sale import warnings
from ..sale.handlers import codes_of, handler_of
from ..sale.mappings import mappings_of
from ..store.models import Handler, Order, Payment, PaySystem, Table
from .log import CallFilter
from .snippets import snippets

if TYPE_CHECKING:
    from .dispatch import PortalState

SHOWN_CALLS = 50
SHOWN_ROWS = 50
"""Rows of each table that are shown; the page says how many more there are."""
INVOICES = (
    select(Order)
    .where(Order.entity_registry_type == "CRM_INVOICE")
    .order_by(Order.id)
    .limit(SHOWN_ROWS)
)
HERE = Path(__file__).parent
HEADERS = {
    "content-security-policy": "default-src 'none'; style-src 'self'; script-src 'self'; "
    "img-src data:; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; "
    "base-uri 'none'",
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    # Of a page without a referrer no form says where it comes from.
    "referrer-policy": "same-origin",
}

templates = Environment(
    loader=FileSystemLoader(HERE / "templates"),
    autoescape=select_autoescape(default=True),
    undefined=StrictUndefined,
    # Whatever a page shows of calls, handlers and mappings.
    finalize=lambda value: mask_tokens(value) if type(value) is str else value,
    trim_blocks=True,
    lstrip_blocks=True,
)


@dataclass(frozen=True)
class Shown:
    """The first rows of a table and how many it has."""

    rows: list[Any]
    total: int


def routes(portal: "PortalState") -> list[Route]:
    def overview(request: Request) -> Response:
        asked = CallFilter.of(request.query_params)
        kept = portal.calls.all()
        found = [each for each in kept if asked.takes(each)]
        with portal.store.read() as session:
            return page(
                "portal.html",
                calls=found[:SHOWN_CALLS],
                found=len(found),
                kept=len(kept),
                asked=asked,
                tokens=sorted({each.token for each in kept if each.token}),
                handlers=_shown(
                    session, Handler, [_handler(each) for each in _rows(session, Handler)]
                ),
                pay_systems=_shown(
                    session,
                    PaySystem,
                    [_pay_system(session, each) for each in _rows(session, PaySystem)],
                ),
                payments=_shown(session, Payment, _rows(session, Payment)),
                invoices=list(session.scalars(INVOICES)),
                rest=f"{request.url.scheme}://{request.url.netloc}/rest/",
            )

    def call(request: Request) -> Response:
        entry = portal.calls.find(request.path_params["number"])
        if entry is None:
            return page("forgotten.html", 404)
        return page("call.html", call=entry, snippets=snippets(entry))

    def clear(request: Request) -> Response:
        if not is_own(request):
            return Response("Pages of other origins may not clear the calls.\n", 403)
        portal.calls.clear()
        return RedirectResponse("/portal", 303)

    def file(name: str, media_type: str) -> Callable[[Request], Response]:
        def respond(_request: Request) -> Response:
            text = (HERE / "static" / name).read_text("utf-8")
            return Response(text, media_type=media_type, headers={"cache-control": "no-cache"})

        return respond

    return [
        Route("/portal", overview),
        Route("/portal/calls/{number:int}", call),
        Route("/portal/calls/clear", clear, methods=["POST"]),
        Route("/portal/portal.css", file("portal.css", "text/css")),
        Route("/portal/calls.css", file("calls.css", "text/css")),
        Route("/portal/portal.js", file("portal.js", "text/javascript")),
    ]


def page(name: str, status: int = 200, **values: Any) -> Response:
    html = templates.get_template(name).render(values)
    return Response(html, status, HEADERS, "text/html")


def _rows(session: Session, table: type[Any]) -> list[Any]:
    """The newest rows."""
    return list(session.scalars(select(table).order_by(table.id.desc()).limit(SHOWN_ROWS)))


def _shown(session: Session, table: type[Table], rows: list[Any]) -> Shown:
    return Shown(rows, session.scalar(select(func.count()).select_from(table)) or 0)


def _handler(handler: Handler) -> dict[str, Any]:
    settings = handler.settings
    modes = [mode for mode in MODES if settings.get(mode)]
    data = settings.get(modes[0]) if modes else None
    return {
        "row": handler,
        "mode": MODES[modes[0]] if modes else "none",
        "action_uri": data.get("ACTION_URI", "") if isinstance(data, dict) else "",
        "settings": pretty(settings),
        "warnings": warnings.of_handler(settings),
    }


def _pay_system(session: Session, pay_system: PaySystem) -> dict[str, Any]:
    handler = handler_of(session, pay_system)
    codes = codes_of(handler)
    mappings = mappings_of(session, pay_system.id, pay_system.person_type_id, codes)
    return {
        "row": pay_system,
        "handler": handler,
        "parameters": [
            {
                "code": code,
                "name": parameter.get("NAME", "") if isinstance(parameter, dict) else "",
                "mapping": mappings[code],
            }
            for code, parameter in codes.items()
        ],
    }


def pretty(value: Any) -> str:
    """JSON to read; a text that is no JSON, such as a shortened one, as it is."""
    if isinstance(value, str):
        try:
            value = json.loads(value)
        except ValueError:
            return str(value)
    return json.dumps(value, indent=2, ensure_ascii=False)


def clock(moment: datetime) -> str:
    return moment.astimezone().strftime("%H:%M:%S")


def milliseconds(seconds: float) -> str:
    return f"{seconds * 1000:.1f} ms" if seconds < 1 else f"{seconds:.2f} s"


templates.filters |= {
    "breakable": lambda text: breakable(mask_tokens(text)),
    "pretty": pretty,
    "clock": clock,
    "milliseconds": milliseconds,
}
