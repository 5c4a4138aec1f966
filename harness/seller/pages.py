"""The seller's site: the list of payments and what is not a payment."""

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from ..money import money_markup
from ..printable import breakable
from ..store.models import Payment
from .choice import logo
from .imitation import Imitation

HEADERS = {
    # The page shows what the database says now, also when the buyer goes back to it.
    "Cache-Control": "no-store",
    # The address has a key to the order: other sites are told the origin alone.
    "Referrer-Policy": "strict-origin-when-cross-origin",
}
THEMES = {"light": "Light", "dark": "Dark", "brand": "Branded"}


TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
)
TEMPLATES.filters["money"] = money_markup
TEMPLATES.filters["logo"] = logo
TEMPLATES.filters["breakable"] = breakable


def state(payment: Payment) -> str:
    """As the portal's view names it."""
    return "paid" if payment.paid == "Y" else "open"


TEMPLATES.filters["state"] = state


def render(template: str, request: Request, *, status: int = 200, **context: object) -> Response:
    theme = request.query_params.get("theme")
    page = TEMPLATES.get_template(template).render(
        theme=theme if theme in THEMES else "light",
        themes=THEMES,
        path=request.url.path,
        inspecting=is_inspected(request),
        imitation=Imitation.of(request.query_params),
        **context,
    )
    return HTMLResponse(page, status, headers=HEADERS)


def is_inspected(request: Request) -> bool:
    return request.query_params.get("inspect") == "1"


def message(request: Request, status: int, title: str, text: str) -> Response:
    return render("message.html", request, status=status, title=title, text=text)


def not_found(request: Request, _error: Exception) -> Response:
    return message(request, 404, "Page not found", "There is no such page in this shop.")


def too_large(request: Request, _error: Exception) -> Response:
    text = "The form holds more than this shop reads. Nothing of it was kept."
    return message(request, 413, "That is too much", text)


def store_gone(request: Request, error: Exception) -> Response:
    """The database is away, from under the server."""
    return message(request, 503, "The shop's data is gone", str(error))


def crashed(request: Request, _error: Exception) -> Response:
    """An error nobody expected: the server's log has the trace, the reader gets a sentence."""
    return message(
        request,
        500,
        "Something went wrong",
        "This page could not be shown. The terminal in which payframe runs says why.",
    )
