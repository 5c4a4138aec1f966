"""The rules of `payframe check`, inside a test."""

import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from ..check.driver import check_in
from ..check.finding import Finding, Picture, Severity
from ..check.judging import PageReport, at_least
from ..check.registry import UnknownRuleError, choose_rules
from ..check.report import text
from ..check.report.report import Report
from ..check.rule import Rule
from .page import LOAD_TIMEOUT, PaymentPage


def assert_no_findings(
    seller_page: PaymentPage, rules: Iterable[str] = (), *, fail_on: Severity = "warning"
) -> None:
    """Fail where `payframe check` finds something in the page under test.

    `rules` are IDs or families of rules, by default all; `fail_on` is the least severity that
    counts. The page is opened again for it. Findings, with their pictures,
    are put into the test's output folder.
    """
    __tracebackhide__ = True
    try:
        chosen = choose_rules([rules] if isinstance(rules, str) else list(rules))
    except UnknownRuleError as error:
        pytest.fail(str(error), pytrace=False)
    page = check_in(
        seller_page.browser,
        seller_page.action_uri,
        seller_page.seller,
        seller_page.new_payment,
        chosen,
        timeout=LOAD_TIMEOUT,
    )
    if found := at_least(fail_on, page.findings):
        folder = keep(seller_page, found)
        told = as_text(replace(page, findings=found), chosen)
        pytest.fail(f"{told}\n\nPictures and messages: {folder}", pytrace=False)
    if page.error:
        pytest.fail(as_text(page, chosen), pytrace=False)


def as_text(page: PageReport, rules: tuple[Rule, ...]) -> str:
    return text.report(Report([page], rules, datetime.now(UTC)))


def keep(seller: PaymentPage, found: Iterable[Finding]) -> str:
    """Put findings.json and the pictures of the findings into the test's output folder."""
    folder = seller.output
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
