"""Plays the scenes that rules need with one form's receiver, and judges what came of them."""

from urllib.parse import urlsplit

from playwright.sync_api import Browser

from ...server.in_process import Running
from ..judging import PageReport, findings_or_crash
from ..rule import Rule
from ..target import Target
from .scenes import BY_THEMSELVES, SCENES
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
    visit = FormVisit(shop.url, target.amount, origin, target.secrets)
    wanted = {scene for rule in rules for scene in rule.scenes} | {"sent"}
    not_tried: dict[str, bool] = {}
    with shop.client:
        for name, scene in SCENES.items():
            if name not in wanted:
                continue
            if name not in BY_THEMSELVES and not visit["sent"].windows["desktop"].opened:
                not_tried[NOT_OPENED] = True
            else:
                visit.scenes[name] = scene(shop)
    found, error = findings_or_crash(rules, visit)
    return PageReport(shop.url, found, None, error, part="form", not_tried=tuple(not_tried))
