"""`payframe studio`: a payment page with a workbench around it, in a browser of its own."""

import asyncio
import sys
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlencode

import typer

from .options import (
    DATABASE,
    DIST,
    ConfigOption,
    DatabaseOption,
    FreshOption,
    JsonOption,
    OutOption,
    PortOption,
    StartOption,
    require_page,
)


def studio_command(
    url: Annotated[
        str | None,
        typer.Argument(
            metavar="[URL]", help="A page of your own; by default the widget of payframe.toml."
        ),
    ] = None,
    before: Annotated[
        str | None,
        typer.Option(metavar="URL", help="The version before it, to stand side by side with it."),
    ] = None,
    watching: Annotated[
        Path | None,
        typer.Option(
            "--watch", metavar="FOLDER", help="Load the page anew when a file there changes."
        ),
    ] = None,
    start: StartOption = None,
    port: PortOption = 8000,
    database: DatabaseOption = DATABASE,
    fresh: FreshOption = False,
    json: JsonOption = False,
    no_browser: Annotated[
        bool,
        typer.Option(
            "--no-browser", help="Open none: the console and the requests are not shown then."
        ),
    ] = False,
    no_check: Annotated[
        bool, typer.Option("--no-check", help="Check the page only when you ask for it.")
    ] = False,
    headless: Annotated[
        bool, typer.Option("--headless", help="Open it without a window, for programs.")
    ] = False,
    config: ConfigOption = None,
    out: OutOption = DIST,
) -> None:
    """Show a payment page in the shop's frame, and all that is said and done around it.

    A browser opens with it. What you change of the widget is seen at once.
    """
    from payframe.widget.build import build
    from payframe.widget.config import find_config, load
    from payframe.widget.report import note_default
    from rich.console import Console

    from ..browser.errors import NoBrowserError
    from ..check.starting import started
    from ..server.demo import serve_demo
    from ..server.guide import print_json
    from ..server.log import log_to
    from ..store.database import forget, open_store
    from ..studio.edits import watch_folder, watch_widget
    from ..studio.workbench import workbench

    for given in (url, before):
        require_page(given)
    file = find_config(config)
    loaded = load(file)
    console = Console(stderr=json, highlight=False)
    note_default(console, file)
    bench = workbench(loaded, file, out, checks=not no_check)
    build(file, out, draft=True)
    if fresh:
        forget(database)
    log_to(sys.stderr)
    watch_widget(bench.timeline, file, out)
    if watching:
        watch_folder(bench.timeline, watching)
    state = {"url": url or "", "before": before or "", "beside": "pages" if before else ""}
    query = urlencode({name: value for name, value in state.items() if value})
    path = f"/studio?{query}" if query else "/studio"
    opening: list[asyncio.Task[None]] = []

    async def open_browser(seller: str) -> None:
        try:
            await bench.browser.open(seller, path, headless=headless)
        except NoBrowserError as error:
            console.print(f"{error} Open the address above in any browser.", soft_wrap=True)

    def announce(ready: dict[str, Any]) -> None:
        if json:
            print_json(ready)
        else:
            console.print(f"[bold]{ready['seller']}{path}[/]", soft_wrap=True)
            console.print("Ctrl-C ends the studio.")
        if not no_browser:
            opening.append(asyncio.get_running_loop().create_task(open_browser(ready["seller"])))

    store = open_store(database)
    serve_demo(
        loaded,
        bench,
        store,
        out,
        port,
        None,
        announce,
        lambda webhook: started(start, [url] if url else [], webhook, shown=True),
    )
