"""The seller's site: what is found where."""

from pathlib import Path

from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from ..store.database import Store
from .checkout import Checkouts
from .listing import ListEndpoints
from .payment import PaymentEndpoints

STATIC = Path(__file__).parent / "static"


def routes(
    store: Store, checkouts: Checkouts, arrivals: str = "", *, studio: bool = False
) -> list[BaseRoute]:
    """`arrivals` is where the sandbox is told that a buyer's money has arrived; `studio` is whether
    payments can be opened in one."""
    page = PaymentEndpoints(store, checkouts, arrivals, studio=studio)
    listing = ListEndpoints(store)
    payment = "/payments/{payment_id:int}"
    return [
        Route("/", listing.show, methods=["GET"]),
        Route("/payments", listing.add, methods=["POST"]),
        Route("/payments/new", listing.ask, methods=["GET"]),
        Route(payment, page.show, methods=["GET"]),
        Route(payment, page.submit, methods=["POST"]),
        Route(f"{payment}/paysystem", page.choose, methods=["POST"]),
        Mount("/static", StaticFiles(directory=STATIC)),
    ]
