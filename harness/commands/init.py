"""`payframe init`: a project to start from."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from ..init.project import PROVIDERS, SERVERS, write_project

Language = StrEnum("Language", {name: name for name in SERVERS})  # type: ignore[misc]
Service = StrEnum("Service", {name: name for name in PROVIDERS})  # type: ignore[misc]


def init_command(
    folder: Annotated[
        Path, typer.Argument(metavar="[FOLDER]", help="Where; by default the one you are in.")
    ] = Path(),
    provider: Annotated[
        Service | None,
        typer.Option(
            "--provider",
            help="The service behind payframe's gateway: Stripe, or one Python file to fill in.",
        ),
    ] = None,
    server: Annotated[
        Language | None,
        typer.Option("--server", help="The language of a server of your own, in its place."),
    ] = None,
) -> None:
    """Write a project of your own: a payment page, the server behind it, and their tests.

    By default payframe's gateway is the server, and your payment service one Python file. It works
    as it is written, with a stand-in for the service, and each place to fill in is a TODO. A folder
    that exists loses nothing: where a file is there already, nothing is written.
    """
    if server and provider:
        raise typer.BadParameter("--server and --provider are two ways: choose one")
    project = SERVERS[server.value] if server else PROVIDERS[provider.value if provider else "own"]
    for file in write_project(project, folder):
        print(f"Wrote {file}")
    print("\nWhat to do next:")
    if folder != Path():
        print(f"  cd {folder}")
    print("  pip install -r requirements-dev.txt")
    print("  payframe build")
    if server:
        print(f'  payframe demo --action-uri http://127.0.0.1:3000/ --start "{project.start}"')
    else:
        print("  payframe demo")
    print("README.md has the other commands; grep -rn TODO . lists what to fill in.")
