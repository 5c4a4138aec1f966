"""`payframe check --mode form`: every fault of a receiver is found by exactly its rule."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from payframe.harness.check.form.check import check_form
from payframe.harness.check.form.scenes import SCENES
from payframe.harness.check.judging import PageReport
from payframe.harness.check.registry import choose_rules
from payframe.harness.check.target import with_fields
from payframe.harness.server.in_process import Running
from payframe.widget.config import DEFAULT
from playwright.sync_api import Browser

from tests.check.servers import served
from tests.check.servers.form import FAULTS, server
from tests.slow import slow

RULES = choose_rules([], {"form"})
CheckFault = Callable[..., PageReport]


@pytest.fixture
def check_fault(check_shop: Running, browser: Browser) -> CheckFault:
    """Checks the receiver with a fault, in some scenes, by all rules that need no more."""

    def check(fault: str, scenes: frozenset[str], method: str = "POST") -> PageReport:
        rules = tuple(rule for rule in RULES if scenes.issuperset(rule.scenes))
        with served(server(fault)) as url:
            target = with_fields(f"{url}/pay", {}, "100.00", "USD", "form").sent_by(method)
            return check_form(browser, check_shop, target, rules, timeout=10)

    return check


@pytest.mark.parametrize("fault", ["second-payment", *slow("wrong-amount", "open-redirect")])
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


@pytest.mark.slow
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_good_receiver_is_not_found(method: str, check_fault: CheckFault) -> None:
    report = check_fault("", frozenset(SCENES), method)
    assert report.findings == ()
    assert (report.verdict, report.not_tried) == ("clean", ())


def test_every_rule_has_a_fault() -> None:
    assert {f"form/{fault}" for fault in FAULTS} == {rule.id for rule in RULES}


def test_what_was_not_tried_is_said(check_fault: CheckFault) -> None:
    report = check_fault("page-does-not-open", frozenset(SCENES))
    assert [finding.rule for finding in report.findings] == ["form/page-does-not-open"]
    assert "What follows the first page was not tried" in " ".join(report.not_tried)


def test_the_form_is_sent_by_its_method(check_fault: CheckFault) -> None:
    takes_get_alone = "page-does-not-open"
    scenes = frozenset({"sent", "junk"})
    assert check_fault(takes_get_alone, scenes, "GET").findings == ()
    assert check_fault(takes_get_alone, scenes, "POST").findings


CONFIG = """
[[handlers]]
NAME = "Form"
CODE = "form"
SETTINGS.CODES.SUM.NAME = "Amount"
SETTINGS.CODES.ID.NAME = "Payment"
SETTINGS.FORM_DATA.ACTION_URI = "http://127.0.0.1:1/"
SETTINGS.FORM_DATA.METHOD = "GET"
SETTINGS.FORM_DATA.FIELDS.sum.CODE = "SUM"
SETTINGS.FORM_DATA.FIELDS.currency.CODE = "SUM"
SETTINGS.FORM_DATA.FIELDS.paymentId.CODE = "ID"
paysystem.NAME = "Form"
paysystem.SETTINGS.SUM = { TYPE = "PAYMENT", VALUE = "SUM" }
paysystem.SETTINGS.ID = { TYPE = "PAYMENT", VALUE = "ID" }
"""


@pytest.mark.slow
def test_the_command_sends_it_as_the_handler_says_or_as_it_is_told(tmp_path: Path) -> None:
    config = tmp_path / "payframe.toml"
    config.write_text(DEFAULT.read_text() + CONFIG)

    def status(*options: str) -> int:
        with served(server("page-does-not-open")) as url:
            command = [sys.executable, "-m", "payframe", "check", f"{url}/pay", "--mode", "form"]
            rules = ("--rules", "form/page-does-not-open")
            ran = subprocess.run([*command, *rules, *options], capture_output=True, text=True)
            return ran.returncode

    assert status("--method", "GET") == 0
    assert status("--config", str(config)) == 0
    assert status("--config", str(config), "--method", "POST") == 1
