"""The rules of `payframe check`, inside a test."""

import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from ..check.checking import PageReport, judge, unplayed
from ..check.finding import SEVERITIES, Finding, Picture, Severity
from ..check.registry import UnknownRuleError, choose_rules
from ..check.report import text
from ..check.report.report import Report
from ..check.rule import Rule
from ..check.visit import UnreachableError, visit
from .page import PATIENCE, PaymentPage


def assert_no_findings(seller: PaymentPage, names: Iterable[str], fail_on: Severity) -> None:
    """See the function of this name in the plugin."""
    __tracebackhide__ = True
    try:
        rules = choose_rules([names] if isinstance(names, str) else list(names))
        page = check(seller, rules)
    except UnknownRuleError as error:
        pytest.fail(str(error), pytrace=False)
    failing = SEVERITIES[: SEVERITIES.index(fail_on) + 1]
    found = tuple(each for each in page.findings if each.severity in failing)
    if found:
        kept = keep(seller, found)
        told = told_of(replace(page, findings=found), rules)
        pytest.fail(f"{told}\n\nPictures and messages: {kept}", pytrace=False)
    if page.error:
        pytest.fail(told_of(page, rules), pytrace=False)


def told_of(page: PageReport, rules: tuple[Rule, ...]) -> str:
    return text.report(Report([page], rules, datetime.now(UTC)))


def check(seller: PaymentPage, rules: tuple[Rule, ...]) -> PageReport:
    """Open the page under test anew, in contexts of their own, and judge it."""
    url = seller.action_uri
    scenes = dict.fromkeys(scene for rule in rules for scene in rule.scenes)
    try:
        seen = visit(
            seller.browser, url, seller.seller, seller.new_payment, scenes, timeout=PATIENCE
        )
    except UnreachableError as error:
        return PageReport(url, (), None, str(error))
    found = judge(rules, seen)
    return PageReport(url, found, seen, None if found else unplayed(seen))


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
    text = json.dumps(listed, ensure_ascii=False, indent=2)
    (folder / "findings.json").write_text(text, "utf-8")
    return str(folder)
