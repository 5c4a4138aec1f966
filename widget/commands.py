"""The command `payframe build`, and how a command of payframe runs."""

import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from .budget import AIM, LIMIT
from .build import CONFIG, DIST, Built, build, stale, watch

COULD_NOT_RUN = 2
BAR = 20
"""Characters of the longest bar in the table of the page's parts."""

ConfigOption = Annotated[Path, typer.Option("--config", help="The handler's description.")]
OutOption = Annotated[Path, typer.Option("--out", help="Where the built page goes.")]


def build_command(
    config: ConfigOption = CONFIG,
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
    console = Console(highlight=False)
    if checking:
        if reason := stale(config, out):
            print(f"{reason}: run payframe build.")
            raise typer.Exit(1)
        print(f"{out} is up to date.")
        return
    print_built(console, build(config, out))
    if watching:
        console.print("Waiting for changes. Ctrl-C ends.")
        for built in watch(config, out):
            if isinstance(built, Built):
                print_built(console, built, table=False)
            else:
                console.print(str(built), style="red", markup=False, soft_wrap=True)


def print_built(console: Console, built: Built, *, table: bool = True) -> None:
    """What a build made; with a new one the table of its parts."""
    sizes = built.sizes
    compressed = sizes["index.html.br"]
    if built.fresh and table:
        console.print(_table(built))
    state = "Built" if built.fresh else "Up to date:"
    console.print(
        f"{state} {built.out / 'index.html'} ({sizes['index.html']:,} bytes, {compressed:,} with "
        f"brotli, {sizes['index.html.gz']:,} with gzip)",
        soft_wrap=True,
    )
    if built.fresh and compressed > AIM:
        console.print(
            f"[yellow]Warning:[/] the page is {compressed - AIM:,} bytes above the {AIM:,} with "
            "brotli that it should stay below.",
            soft_wrap=True,
        )


def _table(built: Built) -> Table:
    table = Table(box=None, padding=(0, 3, 0, 0), header_style="dim")
    table.add_column("What the page is made of")
    table.add_column("bytes", justify="right")
    table.add_column("brotli", justify="right")
    table.add_column()
    largest = max(part.share for part in built.parts)
    for part in built.parts:
        bar = "\N{FULL BLOCK}" * round(BAR * part.share / largest)
        table.add_row(part.name, f"{part.size:,}", f"{part.share:,}", f"[blue]{bar}[/]")
    size, compressed = built.sizes["index.html"], built.sizes["index.html.br"]
    limit = f"aim {AIM:,}, limit {LIMIT:,}"
    table.add_row("whole page", f"{size:,}", f"{compressed:,}", limit, style="bold")
    return table


def run(app: typer.Typer, name: str, expected: tuple[type[Exception], ...]) -> None:
    """Run a command. What was expected to go wrong is one sentence and the exit status 2."""
    sys.stdout.reconfigure(line_buffering=True)  # type: ignore[union-attr]  # also into a pipe
    try:
        app(prog_name=name)
    except expected as error:
        Console(stderr=True, highlight=False).print(
            f"payframe: {error}", markup=False, soft_wrap=True
        )
        sys.exit(COULD_NOT_RUN)
    except KeyboardInterrupt:
        sys.exit(0)
