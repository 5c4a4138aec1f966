"""The gateway as `payframe serve` runs it, and as any ASGI server does.

    uvicorn --factory payframe.gateway:application

Everything comes from payframe.toml and the environment: see docs/serve.md.
"""

import os
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict
from urllib.parse import urlsplit

from payframe.widget.config import Config, find_config, load
from payframe.widget.folders import DIST, LEDGER
from payframe.widget.gateway import portals
from payframe.widget.gateway.api import gateway_app
from payframe.widget.gateway.metrics import metrics
from payframe.widget.gateway.schema import open_ledger
from payframe.widget.gateway.service import Gateway
from payframe.widget.gateway.settlement import Settlement, settlement
from payframe.widget.gateway.shops import Shops, one_shop
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import Mount, Route

from payframe.database import Database
from payframe.errors import PayframeError

from .body_limit import BodyLimit
from .log import log_for_serving
from .providers import new_provider
from .static_host import widget_routes


class ServeError(PayframeError):
    """The gateway cannot be started so."""


@dataclass(frozen=True)
class Environment:
    """`portal` is the webhook of the only portal; `key` opens those of many in the database.

    `url` is the server's address for the world, by default that of ACTION_URI.
    """

    portal: str
    key: str
    database: str
    allow_sandbox: bool
    url: str = ""

    @classmethod
    def read(cls, variables: Mapping[str, str] = os.environ) -> "Environment":
        return cls(
            portal=variables.get("PAYFRAME_PORTAL", ""),
            key=variables.get("PAYFRAME_KEY", ""),
            database=variables.get("PAYFRAME_DATABASE", LEDGER),
            allow_sandbox=variables.get("PAYFRAME_ALLOW_SANDBOX", "") == "1",
            url=variables.get("PAYFRAME_URL", ""),
        )

    @property
    def page(self) -> str:
        """Where the world finds the page, if not at ACTION_URI."""
        return f"{self.url.rstrip('/')}/widget/" if self.url else ""


class State(TypedDict):
    settlement: Settlement


def application() -> Starlette:
    """What PAYFRAME_CONFIG, by default payframe.toml, describes. Raises PayframeError."""
    named = os.environ.get("PAYFRAME_CONFIG")
    config = load(find_config(Path(named) if named else None))
    environment = Environment.read()
    dist = Path(os.environ.get("PAYFRAME_DIST", DIST))
    return create_gateway(config, environment, open_ledger(environment.database), dist)


def create_gateway(
    config: Config, environment: Environment, store: Database, dist: Path
) -> Starlette:
    """API and page of a handler. Raises PayframeError."""
    if config.gateway.provider == "sandbox" and not environment.allow_sandbox:
        raise ServeError(
            "The sandbox takes no real money and says yes to test cards, so it is served on this "
            "machine alone. Name a provider in [gateway], or allow it with --allow-sandbox."
        )
    url = config.gateway_at(environment.page)
    gateway = Gateway(
        url,
        environment.page or config.page,
        tuple(config.widget.allowed_sellers),
        store,
        _shops(config, environment, store),
        new_provider(config)(store),
    )

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[State]:
        async with settlement(gateway) as settling:
            yield {"settlement": settling}
        await gateway.close()
        store.close()

    return Starlette(
        lifespan=lifespan,
        routes=[
            Mount(urlsplit(url).path or "/", gateway_app(gateway)),
            *widget_routes(dist),
            Route("/metrics", metrics(store), methods=["GET"]),
        ],
        middleware=[Middleware(BodyLimit)],
    )


def _shops(config: Config, environment: Environment, store: Database) -> Shops:
    if environment.portal:
        return one_shop(environment.portal)
    if environment.key:
        webhook_of = portals.webhooks(store, portals.cipher(environment.key))
        return Shops(webhook_of, config.gateway.shop_field)
    raise ServeError(
        "Which portal? Set PAYFRAME_PORTAL to the webhook of one, or PAYFRAME_KEY for those of "
        "`payframe portals add`."
    )


def served() -> Starlette:
    """The application of a worker, which writes its log as `payframe serve` does."""
    log_for_serving(sys.stderr)
    return application()
