"""Plays the scenes that rules need with one gateway, and judges what came of them."""

from ...server.in_process import Running
from ..judging import PageReport, findings_or_crash
from ..rule import Rule
from ..target import GatewayTarget
from . import description
from .page import Method, PaymentPage
from .portal import Portal
from .scenes import MONEY, SCENES, Stage
from .visit import GatewayVisit, Played

NOT_PAID = (
    "Whether money is taken once was not tried: the first payment was not paid, but {}. Name a "
    "method and data that are approved at once in [check.gateway] of payframe.toml."
)
NO_DECLINE = (
    "What follows a decline was not tried: name data that are declined in [check.gateway] of "
    "payframe.toml."
)
MADE_UP = "made_up"


def check_gateway(server: Running, target: GatewayTarget, rules: tuple[Rule, ...]) -> PageReport:
    """The report on one gateway, which reads its orders from the portal of `server`."""
    url = (target.url or server.addresses.gateway).rstrip("/")
    method = Method(target.method, target.approved, target.declined)
    page = PaymentPage(url, method, target.fields)
    portal = Portal(server, target.handler)
    stage = Stage(page, portal)
    handler = target.handler
    card = str(target.approved.get("number", ""))
    visit = GatewayVisit(url, handler.amount, handler.currency, card)
    wanted = {scene for rule in rules for scene in rule.scenes} | {"opened", "paid"}
    not_tried: dict[str, bool] = {}
    with page.client:
        for name, scene in SCENES.items():
            if name not in wanted:
                continue
            if name in MONEY and not stage.paid:
                outcome = visit["paid"].calls["outcome"]
                not_tried[NOT_PAID.format(outcome.payment_status or outcome.said)] = True
            elif name == "declined" and target.declined is None:
                not_tried[NO_DECLINE] = True
            else:
                visit.scenes[name] = scene(stage)
            first = visit["opened"].calls["open"]
            if not first.taken:
                return PageReport(url, (), None, _closed(portal, first.said), part="gateway")
        stage.count()
        if any(MADE_UP in rule.scenes for rule in rules):
            if description.can_be_read():
                visit.scenes[MADE_UP] = Played()
                calls = [*visit.calls, *description.generated(page, stage.open("open")[1])]
                visit.misdescribed = [
                    (said, call.evidence) for said, call in description.mistakes(calls)
                ]
            else:
                not_tried[description.MISSING] = True
    found, error = findings_or_crash(rules, visit)
    return PageReport(url, found, None, error, part="gateway", not_tried=tuple(not_tried))


def _closed(portal: Portal, said: str) -> str:
    asked = any(portal.was_asked(method) for method in ("sale.payment.get", "sale.payment.list"))
    return f"cannot be tried: opening a payment is {said}." + (
        "" if asked else " It has asked the portal of the check for nothing: give it the webhook."
    )
