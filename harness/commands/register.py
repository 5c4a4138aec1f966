"""`payframe register` and `unregister`: the handler of payframe.toml on a portal."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from ..register import Change

from ..printable import printable
from .options import ConfigOption, WebhookOption

DryRunOption = Annotated[bool, typer.Option("--dry-run", help="Only say what would be changed.")]


def register_command(
    portal_url: WebhookOption, config: ConfigOption = None, dry_run: DryRunOption = False
) -> None:
    """Add the handler and payment system of payframe.toml to a portal, or update them there."""
    from payframe.widget.config import CONFIG, load

    from ..register import placeholder_uri, register

    loaded = load(config or CONFIG)
    if placeholder_uri(loaded):
        print("Warning: handler.SETTINGS.IFRAME_DATA.ACTION_URI is still the example's address.")
    _print_changes(register(loaded, portal_url, dry_run=dry_run), dry_run)


def unregister_command(
    portal_url: WebhookOption, config: ConfigOption = None, dry_run: DryRunOption = False
) -> None:
    """Take the handler and its payment systems off a portal again."""
    from payframe.widget.config import CONFIG, load

    from ..register import unregister

    _print_changes(unregister(load(config or CONFIG), portal_url, dry_run=dry_run), dry_run)


def _print_changes(changes: "Iterable[Change]", dry_run: bool) -> None:
    count = 0
    for count, change in enumerate(changes, 1):  # noqa: B007
        print(f"{'Would be: ' if dry_run else ''}{printable(change.text)}", flush=True)
    if not count:
        print("Nothing to change.")
