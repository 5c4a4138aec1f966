"""The seller's site: what is found where."""

from pathlib import Path

from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from ..store.database import Store
from .checkout import Checkouts
from .pages import payments
from .payment import PaymentEndpoints

STATIC = Path(__file__).parent / "static"


def routes(store: Store, checkouts: Checkouts) -> list[BaseRoute]:
    page = PaymentEndpoints(store, checkouts)
    payment = "/payments/{payment_id:int}"
    return [
        Route("/", payments(store), methods=["GET"]),
        Route(payment, page.show, methods=["GET"]),
        Route(payment, page.submit, methods=["POST"]),
        Route(f"{payment}/paysystem", page.choose, methods=["POST"]),
        Mount("/static", StaticFiles(directory=STATIC)),
    ]
