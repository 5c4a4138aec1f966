"""Plays the scenes that rules need with one form's receiver, and judges what came of them."""

from urllib.parse import urlsplit

from playwright.sync_api import Browser

from ...server.in_process import Running
from ..judging import PageReport
from ..rule import Rule
from ..server_visit import play, report_on_server
from ..target import Target
from .scenes import BY_THEMSELVES, SCENES, sent
from .shop import Shop
from .visit import FormVisit

NOT_OPENED = "What follows the first page was not tried: it has not opened."


def check_form(
    browser: Browser,
    server: Running,
    target: Target,
    rules: tuple[Rule, ...],
    *,
    timeout: float,
) -> PageReport:
    """The report on one receiver. `timeout` is for the load of a page, in seconds."""
    shop = Shop(server, target, browser, timeout)
    seller = urlsplit(server.addresses.seller)
    origin = f"{seller.scheme}://{seller.netloc}"
    visit = FormVisit(shop.url, "form", target.secrets, target.amount, origin)

    def why_not(name: str) -> str | None:
        opened = visit["sent"].windows["desktop"].opened
        return None if name in BY_THEMSELVES or opened else NOT_OPENED

    with shop.client:
        visit.scenes["sent"] = sent(shop)
        play(visit, SCENES, shop, rules, why_not)
    return report_on_server(rules, visit)
