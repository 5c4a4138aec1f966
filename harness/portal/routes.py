"""Everything that the portal serves, on a database."""

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from ..store.database import Store
from . import application, registering, view
from .call import Options
from .description import describe
from .dispatch import PortalState
from .log import CallLog
from .rest import rest_route


def routes(
    store: Store, options: Options | None = None, calls: CallLog | None = None
) -> list[Route]:
    """/rest first, then the web view and what shows an application.

    `calls` is where the last calls are kept, for whoever wants to read them.
    """
    portal = PortalState(store, options or Options(), calls)
    return [
        rest_route(portal),
        *view.routes(portal),
        *registering.routes(portal),
        *application.routes(portal),
        Route("/portal/openapi.json", openapi),
    ]


def openapi(request: Request) -> JSONResponse:
    """The methods; USER_ID and CODE stand for those of a webhook."""
    return JSONResponse(describe(f"{request.base_url}rest/USER_ID/CODE"))
