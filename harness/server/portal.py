"""The portal alone in one process, without shop, widget and gateway."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse
from starlette.routing import Route

from payframe.database_file import StoreGoneError

from ..portal.call import Options
from ..portal.routes import routes
from ..store.database import Store
from .middleware import middleware


def portal_app(
    store: Store, options: Options | None = None, on_start: Callable[[], None] = lambda: None
) -> Starlette:
    """The portal as an application of its own; `on_start` is called when it can answer."""

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        on_start()
        yield

    def index(_request: Request) -> RedirectResponse:
        return RedirectResponse("/portal")

    return Starlette(
        lifespan=lifespan,
        routes=[*routes(store, options), Route("/", index)],
        middleware=middleware(),
        exception_handlers={StoreGoneError: _store_gone},
    )


def _store_gone(_request: Request, error: Exception) -> PlainTextResponse:
    return PlainTextResponse(f"{error}\n", 503)
