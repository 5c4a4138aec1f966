"""What the demo prints when it is ready: for people where to look, for programs JSON."""

import json
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from payframe.widget.config import Config, secrets_in_fields
from payframe.widget.gateway.stripe_keys import KEYS
from rich.console import Console
from rich.table import Table
from sqlalchemy import select

from ..money import print_money
from ..sandbox.cards import described_cards
from ..store.database import Store
from ..store.models import Payment
from .app import Addresses
from .tls import Tls, trusting_environment


def describe(store: Store, addresses: Addresses, page: str) -> dict[str, Any]:
    """What --json prints: the addresses of all parts and the payments."""
    with store.read() as session:
        payments = [
            {
                "id": payment.id,
                "url": f"{addresses.seller}/payments/{payment.id}",
                "sum": payment.sum,
                "currency": payment.currency,
                "paid": payment.paid == "Y",
            }
            for payment in session.scalars(select(Payment).order_by(Payment.id)).unique()
        ]
    return {
        "studio": f"{addresses.seller}/studio",
        "seller": addresses.seller,
        "widget": page,
        "gateway": addresses.gateway,
        "portal": addresses.portal,
        "webhook": addresses.webhook,
        "payments": payments,
    }


def print_json(ready: dict[str, Any]) -> None:
    print(json.dumps(ready, ensure_ascii=False), flush=True)


def print_guide(
    console: Console, asked_port: int, provider: str = ""
) -> Callable[[dict[str, Any]], None]:
    """What a person sees when the server is ready: where to look, and what to type there.

    `provider` is what takes the payments in place of the sandbox.
    """

    def show(ready: dict[str, Any]) -> None:
        if asked_port and f":{asked_port}" not in ready["seller"]:
            console.print(f"Port {asked_port} is busy, so this is the next free one.\n")
        for name, value in (
            ("Studio", f"[bold]{ready['studio']}[/]  <- open this one"),
            ("Shop", f"{ready['seller']}/"),
            ("Payment page", ready["widget"]),
            ("Gateway", f"{ready['gateway']}/payments"),
            ("REST webhook", ready["webhook"]),
            ("Portal's view", f"{ready['seller']}/portal"),
        ):
            console.print(f"{name:14}{value}", soft_wrap=True)
        console.print()
        if provider:
            console.print(f"Payments go through {provider}.\n")
        else:
            console.print(_cards(), "any later date, any security code\n", sep="")
        first = next((each for each in ready["payments"] if not each["paid"]), None)
        if first:
            money = print_money(first["sum"], first["currency"])
            console.print(f"A payment of {money} to begin with: {first['url']}")
        console.print("Ctrl-C ends the demo.")

    return show


def _cards() -> Table:
    cards = Table(box=None, padding=(0, 3, 0, 0), title="Test cards", title_justify="left")
    cards.add_column("Number", no_wrap=True)
    cards.add_column("What happens")
    for number, what in described_cards():
        cards.add_row(number, what)
    return cards


def warnings(config: Config, dist: Path, variables: Mapping[str, str] = os.environ) -> list[str]:
    """What the reader should know before the demo surprises."""
    found = secrets_in_fields(config)
    if config.gateway.provider == "stripe":
        known = {name for name, value in variables.items() if value} | {*config.paysystem.SETTINGS}
        if missing := [key for key in KEYS if key not in known]:
            found.append(
                "Cards can be tried with the test keys of a Stripe account alone: set "
                f"{', '.join(missing)} in the environment."
            )
    if not (dist / "index.html").is_file():
        found.append(f"The widget is not built ({dist}): run payframe build.")
    return found


def print_trust(console: Console, tls: Tls) -> None:
    """The shell lines that make clients trust the certificate."""
    console.print("\nWhat makes clients trust this certificate:")
    for line in trusting_environment(tls):
        console.print(line, soft_wrap=True, markup=False)
    console.print()
