"""The command `payframe`."""

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from widget.build import CONFIG, DIST, BuildError, Built, build, watch
from widget.config import ConfigError, load

from . import demo
from .browser import NoBrowserError
from .check.command import check_command
from .check.registry import UnknownRuleError
from .portal import commands as portal
from .portal.tls import AuthorityError, local_tls
from .register import Change, RegisterError, placeholder_uri, register, unregister
from .store.database import StoreError, forget, open_store

DATABASE = portal.DATABASE
COULD_NOT_RUN = 2
EXPECTED = (
    AuthorityError,
    BuildError,
    ConfigError,
    NoBrowserError,
    RegisterError,
    StoreError,
    UnknownRuleError,
    demo.PortError,
)

app = typer.Typer(
    help="Build, try and test the payment page of a Bitrix24 REST payment handler.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

ConfigOption = Annotated[Path, typer.Option("--config", help="The handler's description.")]
OutOption = Annotated[Path, typer.Option("--out", help="Where the built page goes.")]


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
        _print_built(console, build(config, out))
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


@app.command("build")
def build_command(
    config: ConfigOption = CONFIG,
    out: OutOption = DIST,
    watching: Annotated[
        bool, typer.Option("--watch", help="Build again whenever a source changes.")
    ] = False,
) -> None:
    """Build the payment page into one static file, dist/index.html, for any web server."""
    console = Console(highlight=False)
    _print_built(console, build(config, out))
    if watching:
        console.print("Waiting for changes. Ctrl-C ends.")
        for built in watch(config, out):
            if isinstance(built, Built):
                _print_built(console, built)
            else:
                console.print(str(built), style="red", markup=False, soft_wrap=True)


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


def _print_built(console: Console, built: Built) -> None:
    page = built.out / "index.html"
    sizes = built.sizes
    state = "Built" if built.fresh else "Up to date:"
    console.print(
        f"{state} {page} ({sizes['index.html']:,} bytes, {sizes['index.html.br']:,} with brotli, "
        f"{sizes['index.html.gz']:,} with gzip)",
        soft_wrap=True,
    )


def run(*command: str) -> None:
    """Run a command. What was expected to go wrong is one sentence and the exit status 2."""
    sys.stdout.reconfigure(line_buffering=True)  # type: ignore[union-attr]  # also into a pipe
    try:
        app([*command, *sys.argv[1:]], prog_name=" ".join(("payframe", *command)))
    except EXPECTED as error:
        Console(stderr=True, highlight=False).print(
            f"payframe: {error}", markup=False, soft_wrap=True
        )
        sys.exit(COULD_NOT_RUN)
    except KeyboardInterrupt:
        sys.exit(0)


def main() -> None:
    run()


if __name__ == "__main__":
    main()
