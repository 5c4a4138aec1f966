"""Checks pages: serves a shop, starts browsers side by side, and yields one report a page."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from payframe.widget.config import Config

from .connect import why_each_unreachable
from .judging import PageReport
from .progress import CONNECTING, Progress
from .reasons import sentence
from .rule import Rule
from .target import Target

SLACK = 120.0
"""Seconds that a scene may take beyond the time for a load, also on a busy machine."""
MOST_JOBS = 4
"""The shop that all browsers visit is one process."""


def default_jobs() -> int:
    """Three for two cores, since a browser often waits, and at most MOST_JOBS."""
    cores = os.cpu_count() or 1
    return min(cores + cores // 2, MOST_JOBS)


def check(
    targets: list[Target],
    rules: tuple[Rule, ...],
    config: Config,
    dist: Path,
    *,
    timeout: float,
    jobs: int = 1,
    also: Iterable[str] = (),
    progress: Progress | None = None,
) -> Iterator[PageReport]:
    """Visit every target and judge it by the rules: one report a target, in their order.

    `config` and `dist` are of the widget that the shop serves beside them; `timeout` is how long
    a load may take, in seconds; `jobs` is how many browsers work side by side; `also` names
    scenes that are played whether a rule looks at them or not. Of a visit only what a report shows
    is kept. Raises NoBrowserError and PortError.
    """
    unreachable = dict(_unreachable(targets, progress))
    if len(unreachable) == len(targets):
        yield from unreachable.values()
        return
    from .driver import Driver, PageVisit, scenes_for
    from .excerpt import excerpt
    from .jobs import browsers

    scenes = scenes_for(rules, also)
    jobs = max(1, min(jobs, (len(targets) - len(unreachable)) * len(scenes)))
    with browsers(jobs, timeout + SLACK) as started:
        # Only now: the shop takes a second to load, in which the browsers start.
        from ..server.in_process import running

        with running(config, dist) as server:
            pages = [
                PageVisit(*target.payments(server), report=unreachable.get(number))
                for number, target in enumerate(targets)
            ]
            seller = server.addresses.seller
            driver = Driver(started, seller, pages, rules, scenes, timeout, progress)
            yield from map(excerpt, driver.reports())


def _unreachable(
    targets: list[Target], progress: Progress | None
) -> Iterator[tuple[int, PageReport]]:
    """The reports, by the number of the target, on those where no connection can be made."""
    urls = {number: target.url for number, target in enumerate(targets) if target.url}
    reasons = why_each_unreachable(list(urls.values()))
    for (number, url), reason in zip(urls.items(), reasons, strict=True):
        if not reason:
            continue
        report = PageReport(url, (), None, sentence(reason))
        if progress:
            progress.started(number, url, CONNECTING)
            progress.judged(number, report)
        yield number, report
