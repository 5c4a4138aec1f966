"""`payframe fault`: calls of the portal and of the sandbox gateway that fail on purpose."""

from typing import Annotated, Any, get_args

import httpx
import typer

from payframe.errors import PayframeError

from ..portal import faults
from ..portal.errors import SYSTEM
from ..sandbox.faults import FaultName
from ..store.database import open_store
from ..store.models import Fault
from .options import DATABASE, DatabaseOption

app = typer.Typer(
    help="Make calls of the portal or the gateway fail.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
GATEWAY_FAULTS = get_args(FaultName)
GatewayOption = Annotated[
    str, typer.Option("--gateway", metavar="URL", help="Of the demo that runs.")
]
GATEWAY = "http://127.0.0.1:8000/gateway"


class NoGatewayError(PayframeError):
    """No sandbox gateway answers; the message says where."""


@app.command("set")
def set_fault(
    code: Annotated[
        str,
        typer.Argument(
            help=f"Of the gateway: {', '.join(GATEWAY_FAULTS)}. Of the portal: {', '.join(SYSTEM)}."
        ),
    ],
    method: Annotated[
        str | None, typer.Option(help="Only for this method, in a batch too; else for any call.")
    ] = None,
    times: Annotated[
        int | None, typer.Option(min=1, help="For so many calls; else until cleared.")
    ] = None,
    seconds: Annotated[
        float, typer.Option(min=0.1, max=120, help="How long a slow gateway waits.")
    ] = 5.0,
    gateway: GatewayOption = GATEWAY,
    database: DatabaseOption = DATABASE,
) -> None:
    """Answer calls wrongly. What runs follows at once."""
    if code in GATEWAY_FAULTS:
        wish = {"fault": code, "times": times or 1, "seconds": seconds}
        _ask(gateway, "POST", wish)
        print(f"The gateway now meets {code}{_times(times or 1)}.")
        return
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
def list_faults(database: DatabaseOption = DATABASE, gateway: GatewayOption = GATEWAY) -> None:
    """Show the faults that are set."""
    store = open_store(database)
    with store.read() as session:
        found: list[Fault] = faults.list_faults(session)
    store.close()
    for fault in found:
        print(f"{fault.code}  {fault.method or 'any method'}{_times(fault.times)}")
    waiting = _waiting(gateway)
    for name, times in waiting.items():
        print(f"{name}  the gateway{_times(times)}")
    if not found and not waiting:
        print("No fault is set.")


@app.command("clear")
def clear_faults(database: DatabaseOption = DATABASE, gateway: GatewayOption = GATEWAY) -> None:
    """Take all faults away."""
    store = open_store(database)
    with store.write() as session:
        faults.clear_faults(session)
    store.close()
    if _waiting(gateway):
        _ask(gateway, "DELETE")
    print("No fault is set.")


def _waiting(gateway: str) -> dict[str, int]:
    """The gateway's faults; none where none runs: only the portal's are kept in the database."""
    try:
        waiting: dict[str, int] = _ask(gateway, "GET").json()["waiting"]
    except NoGatewayError:
        return {}
    return waiting


def _ask(gateway: str, method: str, wish: dict[str, Any] | None = None) -> httpx.Response:
    """Raises NoGatewayError."""
    url = f"{gateway.rstrip('/')}/faults"
    try:
        answer = httpx.request(method, url, json=wish)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise NoGatewayError(
            f"No gateway answers at {gateway}: start payframe demo, or say where it is with "
            f"--gateway ({error})."
        ) from error
    if answer.is_error:
        raise NoGatewayError(f"{url} answers with {answer.status_code}: it is no sandbox gateway.")
    return answer


def _times(times: int | None) -> str:
    return "" if times is None else f", {times} time{'' if times == 1 else 's'}"
