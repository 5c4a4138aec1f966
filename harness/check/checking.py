"""Checks pages and servers: serves a shop, starts browsers, and yields one report a target."""

import os
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from payframe.widget.config import Config

from .connect import why_each_unreachable
from .judging import PageReport
from .progress import CONNECTING, Progress
from .reasons import sentence
from .rule import PARTS, Rule
from .starting import free_port, started
from .target import GatewayTarget, Target

if TYPE_CHECKING:
    from ..server.in_process import Running

SLACK = 120.0
"""Seconds that a scene may take beyond the time for a load, also on a busy machine."""
JOBS_PER_CORE = 2
"""While one load waits for its page to become quiet, another has the core."""
MOST_JOBS = 8
"""The shop that all loads visit is one process."""


@dataclass(frozen=True)
class OwnServer:
    """The integrator's own server: `start` is the shell command that runs it, where the check is to
    do so, and `portal_port` where the portal of the check is to be, 0 for anywhere.

    With either it reads its orders from that portal.
    """

    start: str | None = None
    portal_port: int = 0

    @property
    def knows_orders(self) -> bool:
        return bool(self.start or self.portal_port)


def default_jobs() -> int:
    return min(JOBS_PER_CORE * (os.cpu_count() or 1), MOST_JOBS)


def check(
    targets: Sequence[Target | GatewayTarget],
    rules: tuple[Rule, ...],
    config: Config,
    dist: Path,
    *,
    timeout: float,
    jobs: int = 1,
    pictured: bool = False,
    progress: Progress | None = None,
    own: OwnServer = OwnServer(),
) -> Iterator[PageReport]:
    """Visit every target and judge it by the rules of its part: one report each, frames first.

    `config` and `dist` are of the widget that the shop serves beside them; `timeout` is how long
    a load may take, in seconds; `jobs` is how many loads go on side by side; `pictured` is
    whether the reports will show pictures, for which scenes are played that no rule may look at. Of
    a visit only what a report shows is kept. Raises NoBrowserError, PortError and NotStartedError.
    """
    port = own.portal_port or (free_port() if own.start else 0)
    urls = [target.url for target in targets if target.url]
    frames = [
        target for target in targets if isinstance(target, Target) and target.part == "iframe"
    ]
    servers = [target for target in targets if target.part != "iframe"]
    of_part = {part: tuple(rule for rule in rules if rule.part == part) for part in PARTS}
    with ExitStack() as stack:
        stack.enter_context(started(own.start, urls, _webhook(port) if own.start else ""))
        unreachable = dict(_unreachable([*frames, *servers], progress))
        if len(unreachable) == len(targets):
            yield from unreachable.values()
            return
        from .driver import Driver, PageVisit
        from .excerpt import SCENES, excerpt
        from .jobs import browsers
        from .plan import loads_for, scenes_for
        from .tasks import Reach

        scenes = scenes_for(of_part["iframe"], SCENES if pictured else ())
        shown = sum(number not in unreachable for number in range(len(frames)))
        count = min(jobs, shown * max(1, len(loads_for(scenes))))
        playing = stack.enter_context(browsers(count, timeout + SLACK))
        # Only now: the shop takes a second to load. Meanwhile the browsers start, and one of them
        # opens the first page by itself, for which it needs no shop.
        opening = next(
            (n for n, target in enumerate(frames) if target.url and n not in unreachable), None
        )
        if opening is not None:
            playing.start(Reach(opening, frames[opening].url or "", timeout))
        from ..server.in_process import running

        server = stack.enter_context(running(config, dist, port=port))
        pages = [
            PageVisit(*target.payments(server), report=unreachable.get(number))
            for number, target in enumerate(frames)
        ]
        seller, chosen = server.addresses.seller, of_part["iframe"]
        driver = Driver(playing, seller, pages, chosen, scenes, timeout, progress, opening)
        for seen in driver.reports():
            yield excerpt(seen, pictured=pictured)
        playing.finish()  # while the shop ends, or servers are checked
        for number, target in enumerate(servers, len(frames)):
            report = unreachable.get(number)
            if report is None:
                if progress:
                    progress.started(number, target.url or server.addresses.gateway, target.part)
                visited = check_server(
                    server, target, of_part[target.part], timeout, knows_orders=own.knows_orders
                )
                report = excerpt(visited, pictured=pictured)
                if progress:
                    progress.found(number, report.findings)
                    progress.judged(number, report)
            yield report


def check_server(
    server: "Running",
    target: Target | GatewayTarget,
    rules: tuple[Rule, ...],
    timeout: float,
    *,
    knows_orders: bool,
) -> PageReport:
    """The report on one that is no page in a frame.

    `knows_orders` is whether it reads its orders from the portal of `server`.
    """
    if isinstance(target, GatewayTarget):
        from .gateway.check import check_gateway

        return check_gateway(server, target, rules)
    from ..browser.chromium import open_chromium
    from .checkout.check import check_checkout
    from .form.check import check_form

    with open_chromium() as browser:
        if target.mode == "form":
            return check_form(browser, server, target, rules, timeout=timeout)
        return check_checkout(
            browser, server, target, rules, timeout=timeout, knows_orders=knows_orders
        )


def _webhook(port: int) -> str:
    from ..server.in_process import known_webhook

    return known_webhook(port)


def _unreachable(
    targets: Sequence[Target | GatewayTarget], progress: Progress | None
) -> Iterator[tuple[int, PageReport]]:
    """The reports, by the number of the target, on those where no connection can be made."""
    urls = {number: target.url for number, target in enumerate(targets) if target.url}
    reasons = why_each_unreachable(list(urls.values()))
    for (number, url), reason in zip(urls.items(), reasons, strict=True):
        if not reason:
            continue
        report = PageReport(url, (), None, sentence(reason), part=targets[number].part)
        if progress:
            progress.started(number, url, CONNECTING)
            progress.judged(number, report)
        yield number, report
