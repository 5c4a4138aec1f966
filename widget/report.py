"""What a build tells at the terminal: what the page is made of, and what it weighs."""

from pathlib import Path

from rich.console import Console
from rich.table import Table

from .budget import AIM, LIMIT
from .build import Built
from .config import DEFAULT
from .manifest import read_manifest

BAR = 20
"""Characters of the longest bar in the table of the page's parts."""


def note_default(console: Console, file: Path) -> None:
    """Say so where nobody has described a handler."""
    if file == DEFAULT:
        console.print("There is no payframe.toml here: payframe's own handler stands in.\n")


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
    _print_trusted(console, built)
    warn_of_weight(console, built)


def warn_of_weight(console: Console, built: Built) -> None:
    """Say so where a new page is over its aim."""
    over = built.sizes["index.html.br"] - AIM
    if built.fresh and over > 0:
        console.print(
            f"[yellow]Warning:[/] the page is {over:,} bytes above the {AIM:,} with brotli that it "
            "should stay below.",
            soft_wrap=True,
        )


_WORDS = {
    "script": "runs {url}, {whole}",
    "scripts of": "runs whatever its script loads from {url}",
    "frames of": "shows frames of {url}",
    "connections to": "sends to {url}",
}


def _print_trusted(console: Console, built: Built) -> None:
    """Whom the page trusts besides whoever hosts it and its gateway."""
    manifest = read_manifest(built.out)
    for load in manifest["loads"] if manifest else ():
        whole = "as its integrity says" if load["integrity"] else "whatever it is: no integrity"
        does = _WORDS[load["kind"]].format(url=load["url"], whole=whole)
        console.print(f"{load['method']}: the page {does}.", markup=False, soft_wrap=True)


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
