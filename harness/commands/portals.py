"""`payframe portals`: the portals of many shops, whose payments one gateway takes."""

import os
from datetime import UTC, datetime
from typing import Annotated

import typer
from payframe.widget.gateway import portals
from payframe.widget.gateway.schema import open_ledger
from rich.console import Console
from rich.table import Table

from ..printable import mask
from .options import LEDGER, LedgerOption

app = typer.Typer(help="Add, list or remove the portals of many shops.", no_args_is_help=True)
ShopArgument = Annotated[
    str,
    typer.Argument(
        metavar="KEY",
        help="What the shop's page sends in the field MEMBER_ID.",
    ),
]


@app.command("key")
def key_command() -> None:
    """Print a new key for PAYFRAME_KEY: it opens the webhooks in the database."""
    print(portals.new_key())


@app.command("add")
def add_command(
    shop: ShopArgument,
    webhook: Annotated[
        str,
        typer.Option(
            "--portal",
            metavar="WEBHOOK_URL",
            envvar="PAYFRAME_PORTAL",
            help="https://PORTAL/rest/USER_ID/CODE/, a secret: better in the environment.",
        ),
    ],
    database: LedgerOption = LEDGER,
) -> None:
    """Add a shop's portal, or give it another webhook."""
    key = portals.cipher(os.environ.get("PAYFRAME_KEY", ""))
    if not webhook.startswith(("https://", "http://")):
        raise typer.BadParameter("expected a webhook such as https://PORTAL/rest/1/CODE/")
    store = open_ledger(database)
    portals.add(store, key, shop, webhook)
    store.close()
    print(f"Added: {shop}")


@app.command("list")
def list_command(database: LedgerOption = LEDGER) -> None:
    """List the shops. With PAYFRAME_KEY it says of each where its portal is."""
    store = open_ledger(database)
    given = os.environ.get("PAYFRAME_KEY")
    webhook_of = portals.webhooks(store, portals.cipher(given)) if given else None
    table = Table(box=None, padding=(0, 3, 0, 0))
    for column in ("Shop", "Portal", "Added"):
        table.add_column(column)
    for shop in portals.listed(store):
        webhook = webhook_of(shop.key) if webhook_of else None
        added = datetime.fromtimestamp(shop.added, UTC)
        table.add_row(shop.key, _shown(webhook), f"{added:%Y-%m-%d %H:%M} UTC")
    store.close()
    Console(highlight=False).print(table if table.rows else "No shop yet: payframe portals add")


@app.command("remove")
def remove_command(shop: ShopArgument, database: LedgerOption = LEDGER) -> None:
    """Remove a shop's portal. Its payments stay, but can no longer be opened or settled."""
    store = open_ledger(database)
    portals.remove(store, shop)
    store.close()
    print(f"Removed: {shop}")


def _shown(webhook: str | None) -> str:
    """A webhook without its secret."""
    if webhook is None:
        return "(encrypted)"
    base, _, code = webhook.rstrip("/").rpartition("/")
    return f"{base}/{mask(code)}/"
