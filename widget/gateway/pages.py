"""The few pages that the gateway itself shows, to buyers who have left the shop's page."""

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from .words import Language, language_of

TEMPLATES = Path(__file__).parent / "templates"
_PAGES = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined)


def page(request: Request, template: str, status: int = 200, **context: object) -> Response:
    """A page in the buyer's language."""
    return rendered(_PAGES, language_of(request), template, status, **context)


def rendered(
    pages: Environment, language: Language, template: str, status: int = 200, **context: object
) -> Response:
    html = pages.get_template(template).render(
        language=language, say=language.say, **{"back": "", **context}
    )
    return HTMLResponse(html, status, {"Content-Language": language.tag})
