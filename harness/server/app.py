"""One ASGI application with three hosts, so that the payment page is cross-site, as it will be.

`localhost` is the seller's site and the portal, `127.0.0.1` the payment service: its page and
its gateway. `vault.localhost` is the vault of the sandbox, a site of its own for the fields of a
provider: browsers find every name under localhost on this machine, and a policy can name it, as it
cannot name [::1].
"""

import re
import ssl
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypedDict

from payframe.widget.gateway.api import gateway_app
from payframe.widget.gateway.ledger import Table as LedgerTable
from payframe.widget.gateway.service import Gateway
from payframe.widget.gateway.settlement import Settlement, settlement
from payframe.widget.gateway.shops import one_shop
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Host, Mount, Route, Router
from starlette.types import ASGIApp

from payframe.database_file import StoreGoneError

from ..portal import routes as portal
from ..portal.log import CallLog
from ..sandbox.faults import FaultMiddleware
from ..sandbox.provider import Sandbox
from ..sandbox.vault import vault_app
from ..seller import pages
from ..seller import routes as seller
from ..seller.checkout import Checkouts, Limits, new_client
from ..store.database import Store
from ..studio import routes as studio
from ..studio.calls import GatewayCalls, watch_checkout, watch_portal
from ..studio.routes import Studio
from ..studio.workbench import Workbench
from .middleware import middleware
from .providers import NewProvider, sandbox
from .static_host import widget_routes


@dataclass(frozen=True)
class Addresses:
    """Where each part is reached: base URLs without a slash at the end, but for the webhook, which
    has one as portals show it."""

    seller: str
    service: str
    webhook: str

    @property
    def widget(self) -> str:
        return f"{self.service}/widget/"

    @property
    def gateway(self) -> str:
        return f"{self.service}/gateway"

    @property
    def vault(self) -> str:
        return self.seller.replace("//", "//vault.", 1)

    @property
    def portal(self) -> str:
        return f"{self.seller}/rest"


class State(TypedDict):
    settlement: Settlement


def create_app(
    store: Store,
    addresses: Addresses,
    dist: Path,
    allowed_sellers: list[str],
    on_start: Callable[[], None] = lambda: None,
    trust: ssl.SSLContext | None = None,
    limits: Limits | None = None,
    new_provider: NewProvider | None = None,
    calls: CallLog | None = None,
    bench: Workbench | None = None,
) -> Starlette:
    """`dist` holds the built widget; `on_start` is called when requests can be answered.

    `trust` is whose certificates the gateway takes from the portal, and the shop from an
    ACTION_URI; `limits` are those of the shop's calls. `new_provider` makes the provider behind the
    gateway, by default the sandbox. `calls` keeps those of the portal. With a `bench` there is the
    studio as well.
    """
    store.create_tables(LedgerTable)
    shops = one_shop(addresses.webhook, trust)
    if trust:
        trust.load_default_certs()  # an ACTION_URI may stand anywhere
    orders = Checkouts(new_client(trust), limits or Limits())
    provider = (new_provider or sandbox())(store)
    sellers = (addresses.seller, *allowed_sellers)
    gateway = Gateway(addresses.gateway, addresses.widget, sellers, store, shops, provider)
    faults, arrivals, vault = [], "", []
    if isinstance(provider, Sandbox):
        vault = [Host("vault.localhost", vault_app(provider.vault))]
        faults = [Middleware(FaultMiddleware, faults=provider.faults)]
        arrivals = f"{addresses.gateway}/arrivals"
    shop = seller.routes(store, orders, arrivals, studio=bench is not None)
    calls = calls or CallLog()
    if bench:
        sandbox_faults = provider.faults if isinstance(provider, Sandbox) else None
        shop += studio.routes(Studio(store, bench, sandbox_faults, addresses.widget))
        calls.listeners.append(partial(watch_portal, bench.timeline))
        orders.listeners.append(partial(watch_checkout, bench.timeline))
        watching = Middleware(GatewayCalls, timeline=bench.timeline, base=addresses.gateway)
        faults.insert(0, watching)

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[State]:
        async with settlement(gateway) as settling:
            on_start()
            yield {"settlement": settling}
        if bench:
            await bench.check.stop()
            await bench.browser.close()
        await orders.close()
        await gateway.close()

    portal_routes = portal.routes(store, calls=calls)
    # Nothing under /rest is ever redirected: clients do not follow.
    rest = [route for route in portal_routes if route.path.startswith("/rest")]
    return Starlette(
        lifespan=lifespan,
        routes=[
            Host(
                "localhost",
                Router([*shop, *portal_routes]),
            ),
            Host(
                "127.0.0.1",
                Router(
                    [
                        *widget_routes(dist),
                        _mount("/gateway", gateway_app(gateway, faults)),
                        *rest,
                        Route("/{path:path}", _to(addresses.seller)),
                    ]
                ),
            ),
            *vault,
            *rest,
            Route("/{path:path}", _to(addresses.seller)),
        ],
        middleware=middleware(),
        exception_handlers={
            404: pages.not_found,
            413: pages.too_large,
            500: pages.crashed,
            StoreGoneError: pages.store_gone,
        },
    )


def _mount(path: str, app: ASGIApp) -> Mount:
    """With a line break in what follows the path, too, which Starlette would not take."""
    mount = Mount(path, app)
    mount.path_regex = re.compile(mount.path_regex.pattern, re.DOTALL)
    return mount


def _to(seller: str) -> Callable[[Request], Response]:
    def redirect(request: Request) -> Response:
        query = f"?{request.url.query}" if request.url.query else ""
        return RedirectResponse(f"{seller}/{request.path_params['path']}{query}", 307)

    return redirect
