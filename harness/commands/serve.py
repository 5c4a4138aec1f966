"""`payframe serve`: the gateway, and the page beside it, for real payments."""

import os
import sys
from typing import Annotated

import typer

from .options import DIST, LEDGER, ConfigOption, LedgerOption, OutOption

LOOPBACK = ("127.0.0.1", "::1", "localhost")


def serve_command(
    config: ConfigOption = None,
    host: Annotated[str, typer.Option(metavar="ADDRESS", help="Address to listen on.")] = (
        "127.0.0.1"
    ),
    port: Annotated[
        int, typer.Option(metavar="NUMBER", min=1, max=65535, help="Port to listen on.")
    ] = 8080,
    workers: Annotated[
        int, typer.Option(metavar="NUMBER", min=1, max=64, help="Processes that serve.")
    ] = 1,
    url: Annotated[
        str,
        typer.Option(
            metavar="URL",
            envvar="PAYFRAME_URL",
            help="Its address for the world; by default that of ACTION_URI.",
        ),
    ] = "",
    database: LedgerOption = LEDGER,
    out: OutOption = DIST,
    allow_sandbox: Annotated[
        bool,
        typer.Option(
            "--allow-sandbox",
            envvar="PAYFRAME_ALLOW_SANDBOX",
            help="Serve the sandbox to other machines than this one.",
        ),
    ] = False,
) -> None:
    """Serve the gateway behind the payment page, and the built page at /widget/.

    The portal's webhook comes from PAYFRAME_PORTAL, or those of many portals from the database,
    opened with PAYFRAME_KEY; the provider's keys come from the environment or the portal.
    """
    import uvicorn
    from payframe.widget.config import find_config, load
    from payframe.widget.gateway.schema import open_ledger

    from ..server.gateway import Environment, create_gateway
    from ..server.log import log_for_serving

    file = find_config(config)
    os.environ |= {
        "PAYFRAME_CONFIG": str(file),
        "PAYFRAME_DATABASE": database,
        "PAYFRAME_DIST": str(out),
        "PAYFRAME_URL": url,
        "PAYFRAME_ALLOW_SANDBOX": "1" if allow_sandbox or host in LOOPBACK else "0",
    }
    loaded, environment = load(file), Environment.read()
    # Whatever is wrong is said here, once, and not by every worker.
    store = open_ledger(database)
    create_gateway(loaded, environment, store, out)
    store.close()
    if not loaded.widget.allowed_sellers:
        print(
            "payframe: [widget] allowed_sellers is empty, so no buyer can be sent back to a shop "
            "from a page of the payment service.",
            file=sys.stderr,
        )
    at = loaded.gateway_at(environment.page)
    print(f"payframe: the gateway {at} is served at http://{host}:{port}", file=sys.stderr)
    log_for_serving(sys.stderr)
    uvicorn.run(
        "payframe.harness.server.gateway:served",
        factory=True,
        host=host,
        port=port,
        workers=workers,
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=10,
    )
