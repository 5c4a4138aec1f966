"""The command `payframe`."""

import sys
from collections.abc import Iterable
from typing import Annotated

import typer
from payframe.widget.build import CONFIG, DIST, build
from payframe.widget.commands import ConfigOption, OutOption, build_command, print_built, run
from payframe.widget.config import ConfigError, load
from payframe.widget.errors import BuildError
from rich.console import Console

from ..browser.chromium import NoBrowserError
from ..check.command import check_command
from ..check.registry import UnknownRuleError
from ..register import Change, RegisterError, placeholder_uri, register, unregister
from ..server import demo
from ..server.tls import AuthorityError, local_tls
from ..store.database import StoreError, forget, open_store
from ..verify.commands import verify
from ..verify.fetch import VerifyError
from . import portal as portal

DATABASE = portal.DATABASE
EXPECTED = (
    AuthorityError,
    BuildError,
    ConfigError,
    NoBrowserError,
    RegisterError,
    StoreError,
    UnknownRuleError,
    VerifyError,
    demo.PortError,
)

app = typer.Typer(
    help="Build, try and test the payment page of a Bitrix24 REST payment handler.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


@app.command("demo")
def demo_command(
    port: Annotated[
        int, typer.Option(min=0, max=65535, help="Port to listen on; the next free one if busy.")
    ] = 8000,
    database: Annotated[
        str, typer.Option(help="SQLite file, or any SQLAlchemy URL, that keeps the shop's data.")
    ] = DATABASE,
    fresh: Annotated[bool, typer.Option("--fresh", help="Start with new data.")] = False,
    json: Annotated[
        bool, typer.Option("--json", help="Print one line of JSON when ready, for programs.")
    ] = False,
    no_build: Annotated[
        bool, typer.Option("--no-build", help="Serve the widget as it was built before.")
    ] = False,
    action_uri: Annotated[
        str | None,
        typer.Option(
            metavar="URL", help="A page of your own for the frame, in place of the widget."
        ),
    ] = None,
    tls: Annotated[
        bool, typer.Option("--tls", help="Serve https, with a certificate of a local authority.")
    ] = False,
    config: ConfigOption = CONFIG,
    out: OutOption = DIST,
) -> None:
    """Run shop, portal, payment page and sandbox gateway on this machine.

    Open the address it prints, choose a payment and pay it with a test card. Data is kept between
    runs.
    """
    loaded = load(config)
    if action_uri is not None and not action_uri.startswith(("http://", "https://")):
        raise typer.BadParameter("expected a URL that starts with http:// or https://")
    console = Console(stderr=json, highlight=False)
    if not no_build and action_uri is None:
        print_built(console, build(config, out))
    for warning in demo.warnings(loaded, out) if action_uri is None else []:
        console.print(f"[yellow]Warning:[/] {warning}\n")
    if fresh:
        forget(database)
    demo.log_to(sys.stderr)
    announce = demo.print_json if json else demo.print_guide(console, port)
    secured = local_tls(portal.FOLDER) if tls else None
    if secured:
        portal.print_trust(console, secured)
    demo.serve(loaded, open_store(database), out, port, action_uri, announce, secured)


PortalOption = Annotated[
    str, typer.Option("--portal", metavar="WEBHOOK_URL", help="https://PORTAL/rest/USER_ID/CODE/")
]
DryRunOption = Annotated[bool, typer.Option("--dry-run", help="Only say what would be changed.")]


@app.command("register")
def register_command(
    portal_url: PortalOption, config: ConfigOption = CONFIG, dry_run: DryRunOption = False
) -> None:
    """Add the handler and payment system of payframe.toml to a portal, or update them there."""
    loaded = load(config)
    if placeholder_uri(loaded):
        print("Warning: handler.SETTINGS.IFRAME_DATA.ACTION_URI is still the example's address.")
    _print_changes(register(loaded, portal_url, dry_run=dry_run), dry_run)


@app.command("unregister")
def unregister_command(
    portal_url: PortalOption, config: ConfigOption = CONFIG, dry_run: DryRunOption = False
) -> None:
    """Take the handler and its payment systems off a portal again."""
    _print_changes(unregister(load(config), portal_url, dry_run=dry_run), dry_run)


app.command("build")(build_command)
app.command("verify")(verify)
app.command("portal")(portal.portal)
app.command("check")(check_command)
app.add_typer(portal.tokens_app, name="tokens")
app.add_typer(portal.fault_app, name="fault")


def _print_changes(changes: Iterable[Change], dry_run: bool) -> None:
    count = 0
    for count, change in enumerate(changes, 1):  # noqa: B007
        print(f"{'Would be: ' if dry_run else ''}{change.text}", flush=True)
    if not count:
        print("Nothing to change.")


def main() -> None:
    run(app, "payframe", EXPECTED)
