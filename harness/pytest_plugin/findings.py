"""The rules of `payframe check`, inside a test."""

import json
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from payframe.widget.config import DEFAULT, load
from payframe.widget.folders import DIST
from payframe.widget.modes import Mode

from ..check.checking import OwnServer, check, check_server, default_jobs
from ..check.driver import check_in
from ..check.finding import Finding, Picture, Severity
from ..check.judging import PageReport, at_least
from ..check.registry import UnknownRuleError, choose_rules
from ..check.report import text
from ..check.report.report import Report
from ..check.rule import Part, Rule
from ..check.target import GatewayTarget, Target, with_fields
from ..server.in_process import Running
from .page import LOAD_TIMEOUT, PaymentPage


def assert_no_findings(
    page: PaymentPage | str,
    rules: str | Iterable[str] = (),
    *,
    fail_on: Severity = "warning",
    mode: Mode = "iframe",
    fields: dict[str, str] | None = None,
    amount: str = "100.00",
    currency: str = "USD",
    server: Running | None = None,
    start: str | None = None,
    portal_port: int = 0,
) -> None:
    """Fail where `payframe check` finds something.

    `page` is the fixture seller_page, whose page under test is opened again for it; or the URL of
    a page, or of the server of another `mode`, for which the other options are those of the
    command. Where that server reads its orders from the portal of payframe_server, give this
    fixture as `server`. `rules` are IDs or families of rules, by default all; `fail_on` is the
    least severity that counts. Findings, with their pictures, are put into the test's output
    folder.
    """
    __tracebackhide__ = True
    if isinstance(page, str):
        target = with_fields(page, fields or {}, amount, currency, mode)
        chosen = _chosen(rules, mode)
        if server and mode != "iframe":
            report = _in_thread(
                lambda: check_server(server, target, chosen, LOAD_TIMEOUT, knows_orders=True)
            )
        else:
            report = _check_alone(target, chosen, OwnServer(start, portal_port))
        _fail(report, chosen, fail_on, None)
        return
    chosen = _chosen(rules, "iframe")
    report = check_in(
        page.browser,
        page.action_uri,
        page.seller,
        page.new_payment,
        chosen,
        timeout=LOAD_TIMEOUT,
    )
    _fail(report, chosen, fail_on, page.output)


def assert_gateway(
    url: str,
    rules: str | Iterable[str] = (),
    *,
    fail_on: Severity = "warning",
    server: Running | None = None,
    method: str = "card",
    approved: dict[str, Any] | None = None,
    declined: dict[str, Any] | None = None,
    fields: dict[str, str] | None = None,
    amount: str = "100.00",
    currency: str = "USD",
    start: str | None = None,
    portal_port: int = 0,
) -> None:
    """Fail where `payframe check --gateway` finds something in the server behind a page.

    The gateway has to read its orders from the portal of the check: that of `server`, which is the
    fixture payframe_server; or it is started by `start`, or finds the portal at `portal_port`.
    `approved` and `declined` are the data that `method` is tried with, by default those of
    `payframe check`.
    """
    __tracebackhide__ = True
    chosen = _chosen(rules, "gateway")
    handler = with_fields(url, fields or {}, amount, currency)
    target = GatewayTarget(url, handler, method, fields=fields or {})
    if approved is not None:
        target = replace(target, approved=approved, declined=declined)
    if server:
        from ..check.gateway.check import check_gateway

        report = check_gateway(server, target, chosen)
    else:
        report = _check_alone(target, chosen, OwnServer(start, portal_port))
    _fail(report, chosen, fail_on, None)


def _chosen(rules: str | Iterable[str], part: Part) -> tuple[Rule, ...]:
    __tracebackhide__ = True
    try:
        return choose_rules([rules] if isinstance(rules, str) else list(rules), {part})
    except UnknownRuleError as error:
        pytest.fail(str(error), pytrace=False)


def _check_alone(
    target: Target | GatewayTarget, rules: tuple[Rule, ...], own: OwnServer
) -> PageReport:
    """With a shop and a browser of its own."""

    def run() -> PageReport:
        config = load(DEFAULT)
        jobs = default_jobs()
        (report,) = check([target], rules, config, DIST, timeout=LOAD_TIMEOUT, jobs=jobs, own=own)
        return report

    return _in_thread(run)


def _in_thread(run: Callable[[], PageReport]) -> PageReport:
    """Playwright has one browser in each."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(run).result()


def _fail(
    page: PageReport, rules: tuple[Rule, ...], fail_on: Severity, folder: Path | None
) -> None:
    """Fail the test with what a report says, if it does."""
    __tracebackhide__ = True
    if found := at_least(fail_on, page.findings):
        told = as_text(replace(page, findings=found), rules)
        kept = f"\n\nPictures and messages: {keep(folder, found)}" if folder else ""
        pytest.fail(told + kept, pytrace=False)
    if page.error:
        pytest.fail(as_text(page, rules), pytrace=False)


def as_text(page: PageReport, rules: tuple[Rule, ...]) -> str:
    return text.report(Report([page], rules, datetime.now(UTC)))


def keep(folder: Path, found: Iterable[Finding]) -> str:
    """Put findings.json and the pictures of the findings into the test's output folder."""
    folder.mkdir(parents=True, exist_ok=True)
    listed = []
    for finding in found:
        described = finding.as_json()
        for picture, evidence in zip(finding.evidence, described["evidence"], strict=True):
            if isinstance(picture, Picture):
                rule = finding.rule.replace("/", "-")
                evidence["file"] = f"{rule}-{picture.scene}-{picture.moment}.png"
                (folder / evidence["file"]).write_bytes(picture.png)
        listed.append(described)
    listing = json.dumps(listed, ensure_ascii=False, indent=2)
    (folder / "findings.json").write_text(listing, "utf-8")
    return str(folder)
