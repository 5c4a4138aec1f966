"""`payframe fault`: calls of the portal that fail on purpose."""

from typing import Annotated

import typer

from ..portal import faults
from ..portal.errors import SYSTEM
from ..store.database import open_store
from ..store.models import Fault
from .options import DATABASE, DatabaseOption

app = typer.Typer(
    help="Make calls fail with a system error.", no_args_is_help=True, rich_markup_mode=None
)


@app.command("set")
def set_fault(
    code: Annotated[str, typer.Argument(help=f"One of {', '.join(SYSTEM)}.")],
    method: Annotated[
        str | None, typer.Option(help="Only for this method, in a batch too; else for any call.")
    ] = None,
    times: Annotated[
        int | None, typer.Option(min=1, help="For so many calls; else until cleared.")
    ] = None,
    database: DatabaseOption = DATABASE,
) -> None:
    """Answer calls with a system error. A running portal follows at once."""
    store = open_store(database)
    try:
        with store.write() as session:
            faults.set_fault(session, code, method, times)
    except faults.UnknownFaultError as error:
        raise typer.BadParameter(str(error)) from error
    finally:
        store.close()
    print(f"{method or 'Every call'} now fails with {code}{_times(times)}.")


@app.command("list")
def list_faults(database: DatabaseOption = DATABASE) -> None:
    """Show the faults that are set."""
    store = open_store(database)
    with store.read() as session:
        found: list[Fault] = faults.list_faults(session)
    store.close()
    for fault in found:
        print(f"{fault.code}  {fault.method or 'any method'}{_times(fault.times)}")
    if not found:
        print("No fault is set.")


@app.command("clear")
def clear_faults(database: DatabaseOption = DATABASE) -> None:
    """Take all faults away."""
    store = open_store(database)
    with store.write() as session:
        faults.clear_faults(session)
    store.close()
    print("No fault is set.")


def _times(times: int | None) -> str:
    return "" if times is None else f", {times} time{'' if times == 1 else 's'}"
