"""Everything that the portal serves, on a database."""

from starlette.routing import Route

from ..store.database import Store
from . import application, view
from .call import Options
from .dispatch import PortalState
from .rest import rest_route


def routes(store: Store, options: Options | None = None) -> list[Route]:
    """/rest first, then the web view and what shows an application."""
    portal = PortalState(store, options or Options())
    return [rest_route(portal), *view.routes(portal), *application.routes(portal)]
