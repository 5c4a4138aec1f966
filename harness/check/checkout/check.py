"""Plays the scenes that rules need with one checkout server, and judges what came of them."""

from playwright.sync_api import Browser

from ...server.in_process import Running
from ..judging import PageReport, findings_or_crash
from ..rule import Rule
from ..target import Target
from .platform import Platform
from .scenes import BY_THEMSELVES, SCENES, WITH_ORDERS, Stage
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
    stage = Stage(Platform(server, target, knows_orders), browser, timeout)
    wanted = {scene for rule in rules for scene in rule.scenes}
    visit = CheckoutVisit(stage.platform.url, {}, target.secrets)
    not_tried: dict[str, bool] = {}
    with stage.platform.client:
        for name, scene in SCENES.items():
            if name not in wanted and name != "first_call":
                continue
            if name in WITH_ORDERS and not knows_orders:
                not_tried[NO_ORDERS] = True
            elif name not in BY_THEMSELVES and not (stage.first and stage.first.registered):
                not_tried[NO_PAYMENT] = True
            else:
                visit.scenes[name] = scene(stage)
    if stage.first and stage.first.request.status is None:
        reason = f"gives no answer: {stage.first.request.failure}."
        return PageReport(visit.url, (), None, reason, part="checkout")
    found, error = findings_or_crash(rules, visit)
    return PageReport(visit.url, found, None, error, part="checkout", not_tried=tuple(not_tried))
