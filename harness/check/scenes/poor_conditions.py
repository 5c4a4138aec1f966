"""A slow network, and a browser that lets the page store nothing. Moment: loaded.

What the page fetches arrives only once its frame has loaded; `fetch` delays no load. Access to its
storage throws and cookies vanish, as many browsers do it in a frame of another site.
"""

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Route

    from ..stage import Stage

WITHOUT_STORAGE = Path(__file__).with_suffix(".js")
DENIED = "Access is denied for this document"
"""How it says so, as Chromium does."""


def play(stage: "Stage") -> None:
    held: list[Route] | None = []

    def hold(route: "Route") -> None:
        if held is not None and route.request.resource_type == "fetch":
            held.append(route)
        else:
            route.continue_()

    stage.page.add_init_script(path=WITHOUT_STORAGE)
    stage.page.route(lambda url: not url.startswith(stage.seller.seller), hold)
    stage.seller.open(stage.payment_id)
    stage.seller.wait_for_load(stage.timeout)
    late, held = held, None
    for route in late or []:
        route.continue_()
    stage.settle()
    stage.capture("loaded")
