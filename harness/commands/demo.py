"""`payframe demo`: shop, portal, payment page and sandbox gateway on this machine."""

import sys
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Annotated

import typer

from .options import (
    AUTHORITY,
    DATABASE,
    DIST,
    ConfigOption,
    DatabaseOption,
    FreshOption,
    JsonOption,
    OutOption,
    PortOption,
    StartOption,
    TlsOption,
    require_page,
)


def demo_command(
    port: PortOption = 8000,
    database: DatabaseOption = DATABASE,
    fresh: FreshOption = False,
    json: JsonOption = False,
    no_build: Annotated[
        bool, typer.Option("--no-build", help="Serve the widget as it was built before.")
    ] = False,
    action_uri: Annotated[
        str | None,
        typer.Option(
            metavar="URL", help="A page of your own for the frame, in place of the widget."
        ),
    ] = None,
    start: StartOption = None,
    tls: TlsOption = False,
    config: ConfigOption = None,
    out: OutOption = DIST,
) -> None:
    """Run shop, portal, payment page and sandbox gateway on this machine.

    Open the address it prints, choose a payment and pay it with a test card. Data is kept between
    runs.
    """
    from payframe.widget.build import build
    from payframe.widget.config import find_config, load
    from payframe.widget.report import note_default, warn_of_weight
    from rich.console import Console

    from ..check.starting import started
    from ..server.demo import serve_demo
    from ..server.guide import print_guide, print_json, print_trust, warnings
    from ..server.log import log_to
    from ..server.tls import local_tls
    from ..store.database import forget, open_store
    from ..studio.workbench import workbench

    file = find_config(config)
    loaded = load(file)
    require_page(action_uri)
    if start and action_uri is None:
        raise typer.BadParameter("--start needs --action-uri: where the page of that server is")
    console = Console(stderr=json, highlight=False)
    note_default(console, file)
    if not no_build and action_uri is None:
        warn_of_weight(console, build(file, out))
    for warning in warnings(loaded, out) if action_uri is None else []:
        console.print(f"[yellow]Warning:[/] {warning}\n")
    if fresh:
        forget(database)
    log_to(sys.stderr)
    named = Path(loaded.gateway.provider).name
    provider = "" if named == "sandbox" else named
    announce = print_json if json else print_guide(console, port, provider)
    secured = local_tls(AUTHORITY) if tls else None
    if secured:
        print_trust(console, secured)

    def own_server(webhook: str) -> AbstractContextManager[None]:
        return started(start, [action_uri] if action_uri else [], webhook, shown=True)

    store = open_store(database)
    bench = workbench(loaded, file, out)
    serve_demo(loaded, bench, store, out, port, action_uri, announce, own_server, secured)
