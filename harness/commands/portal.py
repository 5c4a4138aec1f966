"""`payframe portal`: the portal's REST interface alone."""

import json as json_format
import sys
from typing import Annotated, Literal

import typer

from .options import (
    AUTHORITY,
    DATABASE,
    DatabaseOption,
    FreshOption,
    JsonOption,
    PortOption,
    TlsOption,
)


def portal_command(
    port: PortOption = 8100,
    database: DatabaseOption = DATABASE,
    fresh: FreshOption = False,
    tls: TlsOption = False,
    strict_https: Annotated[
        bool, typer.Option("--strict-https", help="Refuse plain http, as the platform does.")
    ] = False,
    limits: Annotated[
        Literal["off", "standard", "enterprise"],
        typer.Option(help="The request and time limits of which plan."),
    ] = "off",
    plain_settings: Annotated[
        bool,
        typer.Option(
            "--plain-settings",
            help="settings.get answers with plain values, as the vendor's example has it.",
        ),
    ] = False,
    no_invoices: Annotated[
        bool, typer.Option("--no-invoices", help="A portal without CRM: no invoice can be paid.")
    ] = False,
    json: JsonOption = False,
) -> None:
    """Run the portal's REST interface alone, with a view of its calls at /portal."""
    from rich.console import Console

    from ..portal.call import Options
    from ..portal.provision import add_cash, provision, webhook_url
    from ..server.guide import print_trust
    from ..server.log import log_to
    from ..server.portal import portal_app
    from ..server.serving import listen, run
    from ..server.tls import local_tls
    from ..store.database import forget, open_store

    options = Options(limits, strict_https, plain_settings, not no_invoices)
    if fresh:
        forget(database)
    store = open_store(database)
    with store.write() as session:
        provision(session)
        add_cash(session)
    secured = local_tls(AUTHORITY) if tls else None
    got, sockets = listen(port)
    base = f"{'https' if tls else 'http'}://localhost:{got}"
    ready = {
        "portal": f"{base}/rest",
        "webhook": webhook_url(store, base),
        "view": f"{base}/portal",
        "authority": str(secured.authority.resolve()) if secured else None,
    }

    def announce() -> None:
        if json:
            print(json_format.dumps(ready), flush=True)
            return
        console = Console(highlight=False)
        console.print(f"REST webhook  {ready['webhook']}", soft_wrap=True)
        console.print(f"View          {ready['view']}", soft_wrap=True)
        if secured:
            print_trust(console, secured)
        console.print("Ctrl-C ends the portal.")

    log_to(sys.stderr)
    run(portal_app(store, options, announce), sockets, secured)
    store.close()
