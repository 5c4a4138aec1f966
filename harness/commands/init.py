"""`payframe init`: a project to start from."""

import sys
from collections.abc import Callable, Collection
from enum import StrEnum
from pathlib import Path
from typing import Annotated, TypeVar

import typer
from payframe.widget.modes import MODE_KEYS, Mode

from ..init.project import CURRENCIES, MODES, PROVIDERS, SERVERS, write_project

Language = StrEnum("Language", {name: name for name in SERVERS})  # type: ignore[misc]
Service = StrEnum("Service", {name: name for name in PROVIDERS})  # type: ignore[misc]

WAYS = """\
Who takes the money?
  own     payframe's gateway, with your payment service in one Python file
  stripe  payframe's gateway, with Stripe
  python, php, node
          a server of your own in that language, without payframe's gateway"""
HOW = """\
How does the buyer pay? One or more of:
  iframe    on your page, in a frame on the shop's page
  checkout  on a page that the shop sends the buyer to, after a call from server to server
  form      on a page that the buyer opens by sending a form"""
WHICH = "Which currencies does it take, in codes of ISO 4217?"

Answer = TypeVar("Answer")


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
    mode: Annotated[
        str | None,
        typer.Option(metavar="MODE,...", help=f"Handlers of these modes: {', '.join(MODE_KEYS)}."),
    ] = None,
    currency: Annotated[
        str | None,
        typer.Option(metavar="CODE,...", help="What they take, in codes of ISO 4217."),
    ] = None,
    yes: Annotated[
        bool,
        typer.Option("--yes", "-y", help="Ask nothing: what is not said is as it usually is."),
    ] = False,
) -> None:
    """Write a project of your own: a payment page, the server behind it, and their tests.

    It asks for what the options leave open, where there is somebody to ask. It works as it is
    written, with a stand-in for the payment service, and each place to fill in is a TODO. A folder
    that exists loses nothing: where a file is there already, nothing is written.
    """
    if server and provider:
        raise typer.BadParameter("--server and --provider are two ways: choose one")
    ask = _asked if sys.stdin.isatty() and not yes else _usual
    named = server or provider
    way = named.value if named else ask(WAYS, "own", _way)
    project = (PROVIDERS | SERVERS)[way]
    if mode is not None:
        modes = _modes(mode)
    elif way in SERVERS:
        modes = list(MODES)
    else:
        modes = ask(HOW, ",".join(MODES), _modes)
    if way in SERVERS and modes != list(MODES):
        raise typer.BadParameter(
            "--server writes a server for a page in IFrame mode. The other modes are those of "
            "payframe's own gateway: --provider"
        )
    usual = ",".join(CURRENCIES)
    currencies = _currencies(currency) if currency is not None else ask(WHICH, usual, _currencies)
    for file in write_project(project, folder, modes, currencies):
        print(f"Wrote {file}")
    print("\nWhat to do next:")
    if folder != Path():
        print(f"  cd {folder}")
    print("  pip install -r requirements-dev.txt")
    print("  payframe build")
    if way in SERVERS:
        print(f'  payframe demo --action-uri http://127.0.0.1:3000/ --start "{project.start}"')
    else:
        print("  payframe demo")
    print("README.md has the other commands; grep -rn TODO . lists what to fill in.")


def _usual(_question: str, usual: str, read: Callable[[str], Answer]) -> Answer:
    return read(usual)


def _asked(question: str, usual: str, read: Callable[[str], Answer]) -> Answer:
    """What somebody answers: they are asked again until it can be read."""
    print(question)
    answer: Answer = typer.prompt("", default=usual, prompt_suffix="> ", value_proc=read)
    print()
    return answer


def _way(text: str) -> str:
    ways, way = PROVIDERS | SERVERS, text.strip()
    if way not in ways:
        raise typer.BadParameter(f"expected one of {', '.join(ways)}, not {text}")
    return way


def _modes(text: str) -> list[Mode]:
    modes = {str(mode): mode for mode in MODE_KEYS}
    return [modes[each] for each in _known(text.lower(), list(modes))]


def _currencies(text: str) -> list[str]:
    from babel.numbers import list_currencies

    return _known(text.upper(), list_currencies(), called="codes of ISO 4217 such as USD,EUR")


def _known(text: str, known: Collection[str], called: str = "") -> list[str]:
    """The parts of a list with commas, each once. Raises BadParameter."""
    parts = list(dict.fromkeys(part.strip() for part in text.split(",")))
    if not set(parts) <= set(known):
        raise typer.BadParameter(f"expected {called or ', '.join(known)}, not {text}")
    return parts
