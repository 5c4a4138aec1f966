"""Plays the scenes that rules need with one gateway, and judges what came of them."""

from ...server.in_process import Running
from ..judging import PageReport
from ..rule import Rule
from ..server_visit import not_run, play, report_on_server
from ..target import GatewayTarget
from . import description
from .page import Method, PaymentPage
from .portal import Portal
from .scenes import MONEY, SCENES, Stage, opened, paid
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
    handler = target.handler
    stage = Stage(PaymentPage(url, method, target.fields), Portal(server, handler))
    card = str(target.approved.get("number", ""))
    visit = GatewayVisit(url, "gateway", handler.secrets, handler.amount, handler.currency, card)

    def why_not(name: str) -> str | None:
        if name in MONEY and not stage.paid:
            outcome = visit["paid"].calls["outcome"]
            return NOT_PAID.format(outcome.payment_status or outcome.said)
        return NO_DECLINE if name == "declined" and target.declined is None else None

    with stage.page.client:
        visit.scenes["opened"] = opened(stage)
        first = visit["opened"].calls["open"]
        if not first.taken:
            return not_run(visit, _closed(stage.portal, first.said))
        visit.scenes["paid"] = paid(stage)
        play(visit, SCENES, stage, rules, why_not)
        stage.count()
        if any(MADE_UP in rule.scenes for rule in rules):
            _compare_with_description(visit, stage)
    return report_on_server(rules, visit)


def _compare_with_description(visit: GatewayVisit, stage: Stage) -> None:
    if not description.can_be_read():
        visit.leave_out(description.MISSING)
        return
    made_up = description.generated(stage.page, stage.open("open")[1])
    found = description.mistakes([*visit.calls, *made_up])
    visit.misdescribed = [(said, call.evidence) for said, call in found]
    visit.scenes[MADE_UP] = Played()


def _closed(portal: Portal, said: str) -> str:
    asked = any(portal.was_asked(method) for method in ("sale.payment.get", "sale.payment.list"))
    return f"cannot be tried: opening a payment is {said}." + (
        "" if asked else " It has asked the portal of the check for nothing: give it the webhook."
    )
