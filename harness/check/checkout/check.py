"""Plays the scenes that rules need with one checkout server, and judges what came of them."""

from playwright.sync_api import Browser

from ...server.in_process import Running
from ..judging import PageReport
from ..rule import Rule
from ..server_visit import not_run, play, report_on_server
from ..target import Target
from .platform import Platform
from .scenes import BY_THEMSELVES, SCENES, WITH_ORDERS, Stage, first_call, registered
from .visit import CheckoutVisit

NO_PAYMENT = (
    "What follows a registered payment was not tried: the first call was not answered with a page "
    "to pay on."
)
NO_ORDERS = (
    "Whether the amount of the call is believed was not tried: the server has to read the orders "
    "of the portal that comes with the check. Give --start or --portal-port."
)


def check_checkout(
    browser: Browser,
    server: Running,
    target: Target,
    rules: tuple[Rule, ...],
    *,
    timeout: float,
    knows_orders: bool = False,
) -> PageReport:
    """The report on one checkout server. `timeout` is for the load of a page, in seconds.

    `knows_orders` is whether it reads its orders from the portal of `server`.
    """
    stage = Stage(Platform(server, target), browser, timeout)
    visit = CheckoutVisit(stage.platform.url, "checkout", target.secrets)

    def why_not(name: str) -> str | None:
        if name in WITH_ORDERS and not knows_orders:
            return NO_ORDERS
        return None if name in BY_THEMSELVES or registered(stage).registered else NO_PAYMENT

    with stage.platform.client:
        visit.scenes["first_call"] = first_call(stage)
        play(visit, SCENES, stage, rules, why_not)
    answered = registered(stage).request
    if answered.status is None:
        return not_run(visit, f"gives no answer: {answered.failure}.")
    return report_on_server(rules, visit)
