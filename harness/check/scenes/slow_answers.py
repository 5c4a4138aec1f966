"""What the page fetches arrives only once its frame has loaded. Moment: loaded.

So it is on a slow network; `fetch` delays no load.
"""

from playwright.sync_api import Route

from ..stage import Stage


def play(stage: Stage) -> None:
    held: list[Route] | None = []

    def hold(route: Route) -> None:
        if held is not None and route.request.resource_type == "fetch":
            held.append(route)
        else:
            route.continue_()

    stage.page.route(lambda url: not url.startswith(stage.seller.seller), hold)
    stage.seller.open(stage.payment_id)
    stage.seller.wait_for_load(stage.patience)
    late, held = held, None
    for route in late or []:
        route.continue_()
    stage.settle()
    stage.capture("loaded")
