"""`payframe tokens`: the portal's tokens, and new ones."""

import sys
from datetime import timedelta
from typing import Annotated, Literal

import typer
from rich.console import Console
from rich.table import Table
from sqlalchemy import select

from ..portal.provision import SCOPES, mint_token, provision
from ..store.database import open_store
from ..store.models import Token, now
from .options import DATABASE, DatabaseOption

app = typer.Typer(help="List the portal's tokens, or mint one.", rich_markup_mode=None)


@app.callback(invoke_without_command=True)
def tokens(context: typer.Context, database: DatabaseOption = DATABASE) -> None:
    """List the portal's tokens."""
    if context.invoked_subcommand:
        return
    store = open_store(database)
    with store.write() as session:
        provision(session)
    table = Table(box=None, padding=(0, 2, 0, 0))
    for heading in ("Token", "Kind", "Scopes", "Rights"):
        table.add_column(heading, no_wrap=heading == "Token", overflow="fold")
    with store.read() as session:
        for token in session.scalars(select(Token).order_by(Token.kind.desc(), Token.application)):
            table.add_row(_path(token), _kind(token), token.scopes, _rights(token))
    store.close()
    Console(highlight=False, width=None if sys.stdout.isatty() else 160).print(table)


@app.command("mint")
def mint(
    application: Annotated[
        str | None,
        typer.Option("--app", help="An access token of this application; else a webhook."),
    ] = None,
    scopes: Annotated[str, typer.Option(help="Scopes, with spaces between.")] = SCOPES,
    rights: Annotated[
        Literal["administrator", "orders", "none"], typer.Option(help="What its user may do.")
    ] = "administrator",
    user: Annotated[int, typer.Option(min=1, help="ID of its user.")] = 1,
    expires_in: Annotated[
        int | None, typer.Option(metavar="SECONDS", help="0 for one that has expired already.")
    ] = None,
    not_admitted: Annotated[
        bool, typer.Option("--not-admitted", help="The user may not use the application.")
    ] = False,
    database: DatabaseOption = DATABASE,
) -> None:
    """Mint a token and print it: USER/CODE of a webhook, or an access token."""
    store = open_store(database)
    with store.write() as session:
        provision(session)
        token = mint_token(
            session,
            user_id=user,
            scopes=scopes,
            application=application,
            rights=rights,
            admitted=not not_admitted,
            lifetime=None if expires_in is None else timedelta(seconds=expires_in),
        )
        print(_path(token))
    store.close()


def _path(token: Token) -> str:
    return f"{token.user_id}/{token.code}" if token.kind == "webhook" else token.code


def _kind(token: Token) -> str:
    expired = ", expired" if token.expires and token.expires <= now() else ""
    return ("webhook" if token.kind == "webhook" else f"app {token.application}") + expired


def _rights(token: Token) -> str:
    if not token.admitted:
        return "not admitted to the application"
    if token.administrator:
        return "all"
    return "orders" if token.orders else "none"
