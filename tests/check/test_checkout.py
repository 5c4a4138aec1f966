"""`payframe check --mode checkout`: every fault of a server is found by exactly its rule."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from payframe.harness.check.checkout.check import check_checkout
from payframe.harness.check.checkout.scenes import SCENES
from payframe.harness.check.judging import PageReport
from payframe.harness.check.registry import choose_rules
from payframe.harness.check.shown_amount import shows
from payframe.harness.check.starting import free_port
from payframe.harness.check.target import with_fields
from payframe.harness.check.window import look
from payframe.harness.server.in_process import Running
from playwright.sync_api import Browser

from tests.check.servers import served
from tests.check.servers.checkout import FAULTS, server
from tests.slow import slow

RULES = choose_rules([], {"checkout"})
FIELDS = {"shop_id": "4411", "buyer": "Ava Thompson"}
EVERY_DAY = ("no-payment-url", "second-payment", "believed-sum")
"""Those that cost money; all of them are in the slow test."""
CheckFault = Callable[..., PageReport]


@pytest.fixture
def check_fault(check_shop: Running, browser: Browser) -> CheckFault:
    """Checks the server with a fault, in some scenes, by all rules that need no more."""

    def check(fault: str, scenes: frozenset[str], *, knows_orders: bool = False) -> PageReport:
        rules = tuple(rule for rule in RULES if scenes.issuperset(rule.scenes))
        portal = check_shop.addresses.webhook if knows_orders else None
        with served(server(fault, portal=portal)) as url:
            target = with_fields(f"{url}/pay", FIELDS, "100.00", "USD", "checkout")
            return check_checkout(
                browser, check_shop, target, rules, timeout=10, knows_orders=knows_orders
            )

    return check


@pytest.mark.parametrize("fault", EVERY_DAY)
def test_a_fault_is_found_in_the_scenes_of_its_rule(fault: str, check_fault: CheckFault) -> None:
    (rule,) = (rule for rule in RULES if rule.id == f"checkout/{fault}")
    report = check_fault(
        fault, frozenset({"first_call", *rule.scenes}), knows_orders=fault == "believed-sum"
    )
    assert {finding.rule for finding in report.findings} == {rule.id}
    assert all(finding.message and finding.evidence for finding in report.findings)


@pytest.mark.slow
@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_found_by_its_rule_alone(fault: str, check_fault: CheckFault) -> None:
    report = check_fault(fault, frozenset(SCENES), knows_orders=fault == "believed-sum")
    assert {finding.rule for finding in report.findings} == {f"checkout/{fault}"}


@pytest.mark.parametrize("knows_orders", [True, *slow(False)])
def test_a_good_server_is_not_found(knows_orders: bool, check_fault: CheckFault) -> None:
    report = check_fault("", frozenset(SCENES), knows_orders=knows_orders)
    assert report.findings == ()
    assert report.verdict == "clean"
    assert bool(report.not_tried) is not knows_orders


def test_every_rule_has_a_fault() -> None:
    assert {f"checkout/{fault}" for fault in FAULTS} == {rule.id for rule in RULES}


def test_what_was_not_tried_is_said(check_fault: CheckFault) -> None:
    report = check_fault("no-payment-url", frozenset(SCENES))
    told = " ".join(report.not_tried)
    assert "What follows a registered payment was not tried" in told
    assert "Give --start or --portal-port" in told


def test_no_secret_of_a_call_is_in_the_report(check_shop: Running, browser: Browser) -> None:
    fields = {"serviceKey": "top-secret-77", "shop_id": "4411"}
    rules = choose_rules(["checkout/no-payment-url"], {"checkout"})
    with served(server("no-payment-url")) as url:
        target = with_fields(f"{url}/pay", fields, "100.00", "USD", "checkout")
        report = check_checkout(browser, check_shop, target, rules, timeout=10)
    (finding,) = report.findings
    sent = finding.as_json()["evidence"][0]["sent"]
    assert "shop_id=4411" in sent
    assert "serviceKey=•••" in sent
    assert "%26access%3D•••%26paymentId" in sent


def check(*arguments: str) -> "subprocess.CompletedProcess[str]":
    command = (sys.executable, "-m", "payframe", "check", "--mode", "checkout")
    return subprocess.run([*command, *arguments], capture_output=True, text=True)


def test_the_command_starts_the_server_and_ends_it(tmp_path: Path) -> None:
    port = free_port()
    starting = f"exec {sys.executable} -m tests.check.servers checkout {port} believed-sum"
    options = ("--format", "json", "--report", str(tmp_path))
    ran = check(f"http://127.0.0.1:{port}/pay", "--start", starting, *options)
    assert ran.returncode == 1, ran.stderr
    (report,) = json.loads(ran.stdout)["pages"]
    assert report["part"] == "checkout"
    assert [finding["rule"] for finding in report["findings"]] == ["checkout/believed-sum"]
    html = (tmp_path / "index.html").read_text()
    assert "for an order of 100.00" in html
    assert "The page, in a window of 1024 px" in html


def test_a_server_that_does_not_start_is_told_with_what_it_said() -> None:
    url = f"http://127.0.0.1:{free_port()}/"
    ran = check(url, "--start", "echo no such module; exit 3")
    assert ran.returncode == 2
    assert "has ended with status 3. It said:\nno such module" in ran.stderr
    assert "Traceback" not in ran.stderr


def test_what_a_page_says_in_its_frames_is_read(browser: Browser) -> None:
    """Many show the payment in one."""
    inner = "<p>To pay: 70.00 USD</p>"
    window = look(browser, f"data:text/html,<p>Welcome</p><iframe srcdoc='{inner}'></iframe>")
    assert "Welcome" in window.text
    assert shows(window.text, "70.00")
