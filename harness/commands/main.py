"""`payframe`: which subcommands there are, and how one ends.

A subcommand's module, and all that it needs, is loaded only where it is called: what the help
lists is written here.
"""

import os
import sys
from importlib import import_module
from importlib.metadata import version
from typing import Annotated, NamedTuple

import typer

from payframe.errors import PayframeError

from ..printable import printable_lines

COULD_NOT_RUN = 2
INTERRUPTED = 130
"""Exit status, as shells have it for Ctrl-C."""


class Subcommand(NamedTuple):
    """`function` of `module` is the command, or a Typer with commands of its own."""

    module: str
    function: str
    help: str


SUBCOMMANDS = {
    "demo": Subcommand(
        "payframe.harness.commands.demo",
        "demo_command",
        "Run shop, portal, page and gateway on this machine.",
    ),
    "studio": Subcommand(
        "payframe.harness.commands.studio",
        "studio_command",
        "Open a payment page with a workbench around it.",
    ),
    "init": Subcommand(
        "payframe.harness.commands.init",
        "init_command",
        "Write a project to start from: page, gateway, tests.",
    ),
    "build": Subcommand(
        "payframe.harness.commands.build",
        "build_command",
        "Build the payment page into one static file.",
    ),
    "check": Subcommand(
        "payframe.harness.check.command",
        "check_command",
        "Say what does not work of a page, a server or a gateway.",
    ),
    "explain": Subcommand(
        "payframe.harness.check.explain",
        "explain_command",
        "Say what a rule of check is about, or list the rules.",
    ),
    "register": Subcommand(
        "payframe.harness.commands.register",
        "register_command",
        "Add the handler to a portal, or update it there.",
    ),
    "unregister": Subcommand(
        "payframe.harness.commands.register",
        "unregister_command",
        "Take the handler off a portal again.",
    ),
    "verify": Subcommand(
        "payframe.harness.commands.verify",
        "verify_command",
        "Compare what a server sends with what was built.",
    ),
    "portal": Subcommand(
        "payframe.harness.commands.portal",
        "portal_command",
        "Run the portal's REST interface alone.",
    ),
    "serve": Subcommand(
        "payframe.harness.commands.serve",
        "serve_command",
        "Serve the gateway behind the page, for real payments.",
    ),
    "portals": Subcommand(
        "payframe.harness.commands.portals", "app", "Add, list or remove the portals of many shops."
    ),
    "payments": Subcommand(
        "payframe.harness.commands.payments", "app", "List, show or settle the gateway's payments."
    ),
    "tokens": Subcommand(
        "payframe.harness.commands.tokens", "app", "List the portal's tokens, or mint one."
    ),
    "fault": Subcommand(
        "payframe.harness.commands.faults", "app", "Make calls fail with a system error."
    ),
}


def main() -> None:
    """Run a command. What was expected to go wrong is one sentence and the exit status 2."""
    sys.stdout.reconfigure(line_buffering=True)  # type: ignore[union-attr]  # also into a pipe
    try:
        application(_called())(prog_name="payframe")
    except PayframeError as error:
        print(f"payframe: {printable_lines(str(error))}", file=sys.stderr)
        sys.exit(COULD_NOT_RUN)
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)


def application(called: frozenset[str]) -> typer.Typer:
    """The whole command, of which only the subcommands in `called` can be run."""
    app = typer.Typer(
        help="Build, try and test the payment page of a Bitrix24 REST payment handler.",
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback()(_options)
    for name, (module, function, help_text) in SUBCOMMANDS.items():
        if name not in called:
            app.command(name, help=help_text)(_not_loaded)
        elif isinstance(loaded := getattr(import_module(module), function), typer.Typer):
            app.add_typer(loaded, name=name)
        else:
            app.command(name)(loaded)
    return app


def _called() -> frozenset[str]:
    """The subcommand on the command line. A shell that completes one asks for any."""
    if "_PAYFRAME_COMPLETE" in os.environ:
        return frozenset(SUBCOMMANDS)
    return frozenset([next((word for word in sys.argv[1:] if not word.startswith("-")), "")])


def _not_loaded() -> None:
    raise AssertionError("a subcommand that is not loaded is only listed")


def _print_version(wanted: bool) -> None:
    if wanted:
        print(f"payframe {version('payframe')}")
        raise typer.Exit


def _options(
    _version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_print_version, is_eager=True, help="Print the version."
        ),
    ] = False,
) -> None:
    pass
