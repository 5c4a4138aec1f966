"""The local demo server: seller's page, portal, widget and gateway in one process."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from payframe.widget.config import Config

from ..store.database import Store
from ..studio.workbench import Workbench
from .app import create_app
from .guide import describe
from .providers import new_provider
from .seed_modes import seed_modes
from .serving import listen, run
from .set_up import set_up
from .tls import Tls, client_context


def serve_demo(
    config: Config,
    bench: Workbench,
    store: Store,
    dist: Path,
    port: int,
    action_uri: str | None,
    announce: Callable[[dict[str, Any]], None],
    own_server: Callable[[str], AbstractContextManager[None]],
    tls: Tls | None = None,
) -> None:
    """Run until Ctrl-C. `announce` is called once, with the addresses, when all is ready, in the
    server's event loop.

    `own_server` runs beside it: the integrator's, which is handed the portal's webhook. Raises
    PortError.
    """
    got, sockets = listen(port)
    addresses = set_up(store, config, got, action_uri, "https" if tls else "http")
    if config.gateway.provider == "sandbox" and not config.handlers:
        seed_modes(store, addresses.gateway, config.handler.CODE)
    app = create_app(
        store,
        addresses,
        dist,
        config.widget.allowed_sellers,
        on_start=lambda: announce(describe(store, addresses, action_uri or addresses.widget)),
        trust=client_context(tls) if tls else None,
        new_provider=new_provider(config),
        bench=bench,
    )
    with own_server(addresses.webhook):
        run(app, sockets, tls, on_stop=bench.timeline.end)
    store.close()
