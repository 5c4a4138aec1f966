"""`payframe check --mode form`: every fault of a receiver is found by exactly its rule."""

from collections.abc import Callable

import pytest
from payframe.harness.check.form.check import check_form
from payframe.harness.check.form.scenes import SCENES
from payframe.harness.check.judging import PageReport
from payframe.harness.check.registry import choose_rules
from payframe.harness.check.target import with_fields
from payframe.harness.server.in_process import Running
from playwright.sync_api import Browser

from tests.check.servers import served
from tests.check.servers.form import FAULTS, server

RULES = choose_rules([], {"form"})
EVERY_DAY = ("wrong-amount", "open-redirect", "second-payment")
"""Those that cost money; all of them are in the slow test."""
CheckFault = Callable[..., PageReport]


@pytest.fixture
def check_fault(check_shop: Running, browser: Browser) -> CheckFault:
    """Checks the receiver with a fault, in some scenes, by all rules that need no more."""

    def check(fault: str, scenes: frozenset[str]) -> PageReport:
        rules = tuple(rule for rule in RULES if scenes.issuperset(rule.scenes))
        with served(server(fault)) as url:
            target = with_fields(f"{url}/pay", {}, "100.00", "USD", "form")
            return check_form(browser, check_shop, target, rules, timeout=10)

    return check


@pytest.mark.parametrize("fault", EVERY_DAY)
def test_a_fault_is_found_in_the_scenes_of_its_rule(fault: str, check_fault: CheckFault) -> None:
    (rule,) = (rule for rule in RULES if rule.id == f"form/{fault}")
    report = check_fault(fault, frozenset({"sent", *rule.scenes}))
    assert {finding.rule for finding in report.findings} == {rule.id}
    assert all(finding.message and finding.evidence for finding in report.findings)


@pytest.mark.slow
@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_found_by_its_rule_alone(fault: str, check_fault: CheckFault) -> None:
    report = check_fault(fault, frozenset(SCENES))
    assert {finding.rule for finding in report.findings} == {f"form/{fault}"}


def test_a_good_receiver_is_not_found(check_fault: CheckFault) -> None:
    report = check_fault("", frozenset(SCENES))
    assert report.findings == ()
    assert (report.verdict, report.not_tried) == ("clean", ())


def test_every_rule_has_a_fault() -> None:
    assert {f"form/{fault}" for fault in FAULTS} == {rule.id for rule in RULES}


def test_what_was_not_tried_is_said(check_fault: CheckFault) -> None:
    report = check_fault("page-does-not-open", frozenset(SCENES))
    assert [finding.rule for finding in report.findings] == ["form/page-does-not-open"]
    assert "What follows the first page was not tried" in " ".join(report.not_tried)
