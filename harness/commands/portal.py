"""The commands around the portal: portal, tokens and fault."""

import json as json_format
import sys
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Literal

import typer
from rich.console import Console
from rich.table import Table
from sqlalchemy import select

from ..portal import faults
from ..portal.call import Options
from ..portal.errors import SYSTEM
from ..portal.provision import SCOPES, mint_token, provision
from ..server.demo import listen, log_to, run
from ..server.portal import portal_app, prepare
from ..server.tls import Tls, local_tls, trusting_environment
from ..store.database import forget, open_store
from ..store.models import Fault, Token, now

DATABASE = ".payframe/harness.db"
FOLDER = Path(".payframe")

DatabaseOption = Annotated[
    str, typer.Option("--database", help="SQLite file, or any SQLAlchemy URL, of the portal.")
]

tokens_app = typer.Typer(help="List the portal's tokens, or mint one.")
fault_app = typer.Typer(help="Make calls fail with a system error.", no_args_is_help=True)


def portal(
    port: Annotated[
        int, typer.Option(min=0, max=65535, help="Port to listen on; the next free one if busy.")
    ] = 8100,
    database: DatabaseOption = DATABASE,
    fresh: Annotated[bool, typer.Option("--fresh", help="Start with new data.")] = False,
    tls: Annotated[
        bool, typer.Option("--tls", help="Serve https, with a certificate of a local authority.")
    ] = False,
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
    json: Annotated[
        bool, typer.Option("--json", help="Print one line of JSON when ready, for programs.")
    ] = False,
) -> None:
    """Run the portal's REST interface alone, with a view of its calls at /portal."""
    options = Options(limits, strict_https, plain_settings, not no_invoices)
    if fresh:
        forget(database)
    store = open_store(database)
    webhook = prepare(store)
    secured = local_tls(FOLDER) if tls else None
    got, sockets = listen(port)
    base = f"{'https' if tls else 'http'}://localhost:{got}"
    ready = {
        "portal": f"{base}/rest",
        "webhook": f"{base}/rest/{webhook}",
        "view": f"{base}/portal",
        "authority": str(secured.authority.resolve()) if secured else None,
    }

    def announce() -> None:
        if json:
            print(json_format.dumps(ready), flush=True)
            return
        console = Console(highlight=False)
        console.print(f"REST webhook  {ready['webhook']}/METHOD", soft_wrap=True)
        console.print(f"View          {ready['view']}", soft_wrap=True)
        if secured:
            print_trust(console, secured)
        console.print("Ctrl-C ends the portal.")

    log_to(sys.stderr)
    run(portal_app(store, options, announce), sockets, secured)
    store.close()


def print_trust(console: Console, tls: Tls) -> None:
    """The shell lines that make clients trust the certificate."""
    console.print("\nWhat makes clients trust this certificate:")
    for line in trusting_environment(tls):
        console.print(line, soft_wrap=True, markup=False)
    console.print()


@tokens_app.callback(invoke_without_command=True)
def tokens(context: typer.Context, database: DatabaseOption = DATABASE) -> None:
    """List the portal's tokens."""
    if context.invoked_subcommand:
        return
    store = open_store(database)
    with store.write() as session:
        provision(session)
    table = Table(box=None, padding=(0, 2, 0, 0))
    for heading in ("Token", "Kind", "Scopes", "May"):
        table.add_column(heading, no_wrap=heading == "Token", overflow="fold")
    with store.read() as session:
        for token in session.scalars(select(Token).order_by(Token.kind.desc(), Token.application)):
            table.add_row(_path(token), _kind(token), token.scopes, _rights(token))
    store.close()
    Console(highlight=False, width=None if sys.stdout.isatty() else 160).print(table)


@tokens_app.command("mint")
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


@fault_app.command("set")
def set_fault(
    code: Annotated[str, typer.Argument(help=f"One of {', '.join(SYSTEM)}.")],
    method: Annotated[
        str | None, typer.Option(help="Only for this method, in a batch too; else for any call.")
    ] = None,
    times: Annotated[
        int | None, typer.Option(min=1, help="For so many calls; else until cleared.")
    ] = None,
    database: DatabaseOption = DATABASE,
) -> None:
    """Answer calls with a system error. A running portal follows at once."""
    store = open_store(database)
    try:
        with store.write() as session:
            faults.set_fault(session, code, method, times)
    except faults.UnknownFault as error:
        raise typer.BadParameter(str(error)) from error
    finally:
        store.close()
    print(f"{method or 'Every call'} now fails with {code}{_times(times)}.")


@fault_app.command("list")
def list_faults(database: DatabaseOption = DATABASE) -> None:
    """Show the faults that are set."""
    store = open_store(database)
    with store.read() as session:
        found: list[Fault] = faults.list_faults(session)
    store.close()
    for fault in found:
        print(f"{fault.code}  {fault.method or 'any method'}{_times(fault.times)}")
    if not found:
        print("No fault is set.")


@fault_app.command("clear")
def clear_faults(database: DatabaseOption = DATABASE) -> None:
    """Take all faults away."""
    store = open_store(database)
    with store.write() as session:
        faults.clear_faults(session)
    store.close()
    print("No fault is set.")


def _path(token: Token) -> str:
    return f"{token.user_id}/{token.code}" if token.kind == "webhook" else token.code


def _kind(token: Token) -> str:
    expired = ", expired" if token.expires and token.expires <= now() else ""
    return ("webhook" if token.kind == "webhook" else f"app {token.application}") + expired


def _rights(token: Token) -> str:
    if not token.admitted:
        return "not admitted to the application"
    if token.administrator:
        return "everything"
    return "orders" if token.orders else "nothing"


def _times(times: int | None) -> str:
    return "" if times is None else f", {times} time{'' if times == 1 else 's'}"
