"""`payframe payments`: what the gateway knows of its payments."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Annotated

import typer
from payframe.widget.gateway import attempts, history
from payframe.widget.gateway.ledger import LedgerPayment
from payframe.widget.gateway.schema import open_ledger
from rich.console import Console
from rich.table import Table

from payframe.errors import PayframeError

from .options import LEDGER, LedgerOption

app = typer.Typer(help="List, show or settle the gateway's payments.", no_args_is_help=True)
IdArgument = Annotated[
    str,
    typer.Argument(
        metavar="ID", help="The gateway's, the portal's, the service's, or the printed number."
    ),
]


class PaymentsError(PayframeError):
    """No payment is called so."""


@app.command("list")
def list_command(
    unsettled: Annotated[
        bool, typer.Option("--unsettled", help="Only those that are not done with.")
    ] = False,
    most: Annotated[int, typer.Option(metavar="NUMBER", min=1, help="How many at the most.")] = 50,
    database: LedgerOption = LEDGER,
) -> None:
    """List the payments that somebody has tried to pay, the last one first."""
    store = open_ledger(database)
    table = Table(box=None, padding=(0, 3, 0, 0))
    for column in ("Payment", "Number", "Amount", "Status", "By", "Shop"):
        table.add_column(column, no_wrap=column == "Payment")
    for payment in history.list_payments(store, "unsettled" if unsettled else "all", most):
        last = payment.attempts[-1]
        amount = f"{last.value} {last.currency}"
        table.add_row(payment.id, payment.number, amount, payment.status, last.source, payment.shop)
    store.close()
    Console(highlight=False).print(table if table.rows else "No payment.")


@app.command("show")
def show_command(payment_id: IdArgument, database: LedgerOption = LEDGER) -> None:
    """Tell the story of a payment: what the service said, what the portal was told, and when."""
    store = open_ledger(database)
    console = Console(highlight=False)
    for payment in _found(history.find_payments(store, payment_id), payment_id):
        console.print(
            f"[bold]{payment.id}[/]  payment {payment.payment_id} ({payment.number}) "
            f"of payment system {payment.pay_system_id}"
            + (f" of {payment.shop}" if payment.shop else "")
        )
        console.print(f"{payment.value} {payment.currency}, {payment.status}")
        for attempt in payment.attempts:
            reference = f", {attempt.reference} at the service" if attempt.reference else ""
            error = f": {attempt.error_message}" if attempt.error_message else ""
            console.print(f"\nAttempt {attempt.id}{reference}\n{attempt.status}{error}")
            for event in history.events(store, payment.id):
                if event.attempt_id == attempt.id:
                    console.print(f"  {_time(event.at)}  {event.text}", markup=False)
    store.close()


@app.command("settle")
def settle_command(payment_id: IdArgument, database: LedgerOption = LEDGER) -> None:
    """Have the gateway that is running take up a payment now, however long it was to wait."""
    store = open_ledger(database)
    taken_up = 0
    for payment in _found(history.find_payments(store, payment_id), payment_id):
        taken_up += attempts.hurry(store, payment.id)
    store.close()
    print(
        f"{taken_up} attempts are taken up within seconds, where `payframe serve` runs."
        if taken_up
        else "Nothing is left to do for this payment."
    )


def _found(payments: Sequence[LedgerPayment], text: str) -> Sequence[LedgerPayment]:
    if not payments:
        raise PaymentsError(f"No payment is called {text}: `payframe payments list`.")
    return payments


def _time(seconds: float) -> str:
    return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%d %H:%M:%S} UTC"
