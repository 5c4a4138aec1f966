"""The local demo server: seller's page, portal, widget and gateway in one process."""

import contextlib
import errno
import json
import logging
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

import uvicorn
from payframe.widget.config import Config, secrets_in_fields
from rich.console import Console
from rich.table import Table
from sqlalchemy import select
from starlette.types import ASGIApp

from .app import Addresses, create_app
from .gateway.cards import TEST_CARDS
from .portal.provision import provision
from .portal.tls import Tls, client_context
from .seller.pages import print_money
from .store.database import Store
from .store.models import Payment
from .store.modes import seed_modes
from .store.seed import seed, webhook_path

PORTS_TRIED = 50
SHUTDOWN = 1
"""Seconds that open requests get to end after Ctrl-C."""


class PortError(Exception):
    """No port could be had; the message says why."""


def listen(port: int) -> tuple[int, list[socket.socket]]:
    """Listen on `port` or the next free one, 0 for any, on 127.0.0.1 and, where it is, on [::1].

    Browsers look for `localhost` on both. Raises PortError.
    """
    candidates = range(port, min(port + PORTS_TRIED, 65536)) if port else [0] * PORTS_TRIED
    for candidate in candidates:
        try:
            first = _bind(socket.AF_INET, "127.0.0.1", candidate)
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                continue
            raise PortError(f"Port {candidate} cannot be used: {error.strerror}.") from error
        got = first.getsockname()[1]
        try:
            return got, [first, _bind(socket.AF_INET6, "::1", got)]
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                return got, [first]  # no IPv6 here
            first.close()
    raise PortError(f"No port from {port} to {port + PORTS_TRIED - 1} is free.")


def _bind(family: socket.AddressFamily, host: str, port: int) -> socket.socket:
    # On a socket named as TCP asyncio sends at once; else answers wait 40 ms for an ACK.
    bound = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind((host, port))
        bound.listen(128)
    except OSError:
        bound.close()
        raise
    return bound


def serve(
    config: Config,
    store: Store,
    dist: Path,
    port: int,
    action_uri: str | None,
    announce: Callable[[dict[str, Any]], None],
    tls: Tls | None = None,
) -> None:
    """Run until Ctrl-C. `announce` is called once, with the addresses, when all is ready."""
    got, sockets = listen(port)
    scheme = "https" if tls else "http"
    seller, service = f"{scheme}://localhost:{got}", f"{scheme}://127.0.0.1:{got}"
    page = action_uri or f"{service}/widget/"
    seed(store, config, page)
    with store.write() as session:
        provision(session)
    addresses = Addresses(seller, service, f"{seller}/rest/{webhook_path(store)}")
    seed_modes(store, addresses.gateway, config.handler.CODE)
    app = create_app(
        store,
        addresses,
        dist,
        config.widget.allowed_sellers,
        on_start=lambda: announce(describe(store, addresses, page)),
        trust=client_context(tls) if tls else None,
        methods=config.widget.methods,
    )
    run(app, sockets, tls)
    store.close()


def run(app: ASGIApp, sockets: list[socket.socket], tls: Tls | None = None) -> None:
    """Serve an application on sockets that listen, until Ctrl-C."""
    with contextlib.suppress(KeyboardInterrupt):
        server(app, tls).run(sockets)


def server(app: ASGIApp, tls: Tls | None = None) -> uvicorn.Server:
    return uvicorn.Server(
        uvicorn.Config(
            app,
            log_config=None,
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=SHUTDOWN,
            ssl_certfile=tls.certificate if tls else None,
        )
    )


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
        "seller": addresses.seller,
        "widget": page,
        "gateway": addresses.gateway,
        "portal": addresses.portal,
        "webhook": addresses.webhook,
        "payments": payments,
    }


def print_json(ready: dict[str, Any]) -> None:
    print(json.dumps(ready, ensure_ascii=False), flush=True)


def print_guide(console: Console, asked_port: int) -> Callable[[dict[str, Any]], None]:
    """What a person sees when the server is ready: where to look, and what to type there."""

    def show(ready: dict[str, Any]) -> None:
        if asked_port and f":{asked_port}" not in ready["seller"]:
            console.print(f"Port {asked_port} is busy, so this is the next free one.\n")
        for name, value in (
            ("Shop", f"[bold]{ready['seller']}/[/]  <- open this one"),
            ("Payment page", ready["widget"]),
            ("Gateway", f"{ready['gateway']}/payments"),
            ("REST webhook", f"{ready['webhook']}/METHOD"),
            ("Portal's view", f"{ready['seller']}/portal"),
        ):
            console.print(f"{name:14}{value}", soft_wrap=True)
        console.print()
        cards = Table(box=None, padding=(0, 3, 0, 0), title="Test cards", title_justify="left")
        cards.add_column("Number", no_wrap=True)
        cards.add_column("What happens")
        for number, card in TEST_CARDS.items():
            cards.add_row(_grouped(number), card.message or OUTCOMES[card.outcome])
        console.print(cards, "any later date, any security code\n", sep="")
        first = next((each for each in ready["payments"] if not each["paid"]), None)
        if first:
            money = print_money(first["sum"], first["currency"])
            console.print(f"A payment of {money} to begin with: {first['url']}")
        console.print("Ctrl-C ends the demo.")

    return show


OUTCOMES = {
    "approve": "Paid.",
    "challenge": "Asks for a 3-D Secure challenge.",
    "process": "Stays in processing for 3 seconds, then paid.",
    "decline": "",
}


def _grouped(number: str) -> str:
    if len(number) == 15:
        return f"{number[:4]} {number[4:10]} {number[10:]}"
    return " ".join(number[n : n + 4] for n in range(0, len(number), 4))


def warnings(config: Config, dist: Path) -> list[str]:
    """What the reader should know before the demo surprises."""
    found = secrets_in_fields(config)
    if not (dist / "index.html").is_file():
        found.append(f"The widget is not built ({dist}): run payframe build.")
    return found


def log_to(console_stream: Any) -> None:
    """One line for what the portal and the gateway do, on the given stream."""
    handler = logging.StreamHandler(console_stream)
    handler.setFormatter(logging.Formatter("%(asctime)s  %(name)s  %(message)s", "%H:%M:%S"))
    logging.getLogger("payframe").setLevel(logging.INFO)
    for name in ("payframe", "uvicorn.error"):
        logging.getLogger(name).addHandler(handler)
    logging.getLogger("uvicorn.error").setLevel(logging.WARNING)
