"""`payframe build`: the payment page as one static file."""

from typing import Annotated

import typer

from .options import DIST, ConfigOption, OutOption


def build_command(
    config: ConfigOption = None,
    out: OutOption = DIST,
    watching: Annotated[
        bool, typer.Option("--watch", help="Build again whenever a source changes.")
    ] = False,
    checking: Annotated[
        bool,
        typer.Option("--check", help="Build nothing; exit 1 if what is there is not up to date."),
    ] = False,
) -> None:
    """Build the payment page into one static file, dist/index.html, for any web server.

    Beside it: its compressed forms, the words in other languages, manifest.json with the inventory
    of what the page is made of, and the headers to serve it with.
    """
    from payframe.widget.build import Built, build, stale, watch
    from payframe.widget.config import find_config
    from payframe.widget.report import note_default, print_built
    from rich.console import Console

    file = find_config(config)
    console = Console(highlight=False)
    if checking:
        if reason := stale(file, out):
            print(f"{reason}: run payframe build.")
            raise typer.Exit(1)
        print(f"{out} is up to date.")
        return
    note_default(console, file)
    print_built(console, build(file, out))
    if watching:
        console.print("Waiting for changes. Ctrl-C ends.")
        for built in watch(file, out):
            if isinstance(built, Built):
                print_built(console, built, table=False)
            else:
                console.print(str(built), style="red", markup=False, soft_wrap=True)
