"""`payframe init`: a project to start from."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from ..init.project import SERVERS, write_project

Language = StrEnum("Language", {name: name for name in SERVERS})  # type: ignore[misc]


def init_command(
    server: Annotated[
        Language, typer.Option("--server", help="The language of your own server behind the page.")
    ],
    folder: Annotated[
        Path, typer.Argument(metavar="[FOLDER]", help="Where; by default the one you are in.")
    ] = Path(),
) -> None:
    """Write a project of your own: a payment page, the server behind it, and their tests.

    The server is the smallest that is right with money; its payment service is a stand-in, and each
    place to fill in is a TODO. A folder that exists loses nothing: where a file is there already,
    nothing is written.
    """
    project = SERVERS[server.value]
    for file in write_project(project, folder):
        print(f"Wrote {file}")
    print("\nWhat to do next:")
    if folder != Path():
        print(f"  cd {folder}")
    print("  pip install -r requirements-dev.txt")
    print("  payframe build")
    print(f'  payframe demo --action-uri http://127.0.0.1:3000/ --start "{project.start}"')
    print("README.md has the other commands; grep -rn TODO . lists what to fill in.")
