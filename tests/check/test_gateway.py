"""`payframe check --gateway`: every fault of a gateway is found by exactly its rule."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from payframe.harness.check.gateway import description
from payframe.harness.check.gateway.check import MADE_UP, check_gateway
from payframe.harness.check.gateway.scenes import SCENES
from payframe.harness.check.judging import PageReport
from payframe.harness.check.registry import choose_rules
from payframe.harness.check.starting import free_port
from payframe.harness.check.target import GatewayTarget, with_fields
from payframe.harness.server.in_process import Running
from payframe.widget.config import DEFAULT

from tests.check.servers import served
from tests.check.servers.gateway import FAULTS, server
from tests.slow import slow

RULES = choose_rules([], {"gateway"})
EVERY = frozenset({*SCENES, MADE_UP})
HANDLER = with_fields("https://pay.example/", {"shop_id": "4411"}, "100.00", "USD")
CheckFault = Callable[..., PageReport]


@pytest.fixture
def check_fault(check_shop: Running, monkeypatch: pytest.MonkeyPatch) -> CheckFault:
    """Checks the gateway with a fault, in some scenes, by all rules that need no more."""
    # What should not come would be there in a moment, on this machine.
    monkeypatch.setattr("payframe.harness.check.gateway.scenes.SETTLING", 0.5)
    monkeypatch.setattr("payframe.harness.check.gateway.scenes.RECOVERY", 5.0)

    def check(fault: str, scenes: frozenset[str], **named: object) -> PageReport:
        rules = tuple(rule for rule in RULES if scenes.issuperset(rule.scenes))
        with served(server(fault, portal=check_shop.addresses.webhook)) as url:
            target = GatewayTarget(f"{url}/gateway", HANDLER, **named)  # type: ignore[arg-type]
            return check_gateway(check_shop, target, rules)

    return check


@pytest.mark.parametrize(
    "fault", ["believed-amount", "not-as-described", *slow("second-charge", "not-reported")]
)
def test_a_fault_is_found_in_the_scenes_of_its_rule(fault: str, check_fault: CheckFault) -> None:
    (rule,) = (rule for rule in RULES if rule.id == f"gateway/{fault}")
    report = check_fault(fault, frozenset({"opened", "paid", *rule.scenes}))
    assert {finding.rule for finding in report.findings} == {rule.id}
    assert all(finding.message and finding.evidence for finding in report.findings)


@pytest.mark.slow
@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_found_by_its_rule_alone(fault: str, check_fault: CheckFault) -> None:
    report = check_fault(fault, EVERY)
    assert {finding.rule for finding in report.findings} == {f"gateway/{fault}"}


@pytest.mark.slow
def test_a_good_gateway_is_not_found(check_fault: CheckFault) -> None:
    report = check_fault("", EVERY)
    assert report.findings == ()
    assert (report.verdict, report.not_tried) == ("clean", ())


def test_our_sandbox_is_not_found(check_shop: Running) -> None:
    report = check_gateway(check_shop, GatewayTarget(None, HANDLER), RULES)
    assert report.findings == ()
    assert (report.verdict, report.not_tried) == ("clean", ())


def test_every_rule_has_a_fault() -> None:
    assert {f"gateway/{fault}" for fault in FAULTS} == {rule.id for rule in RULES}


def test_a_gateway_that_asks_another_portal_is_told_so(check_shop: Running) -> None:
    with served(server(portal="http://127.0.0.1:9/rest/1/x/")) as url:
        check_shop.calls.clear()
        report = check_gateway(check_shop, GatewayTarget(f"{url}/gateway", HANDLER), RULES)
    assert report.verdict == "not run"
    assert "has asked the portal of the check for nothing" in (report.error or "")


def test_what_cannot_be_tried_is_named(
    check_fault: CheckFault, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(description, "can_be_read", lambda: False)
    data = {"number": "4000000000000002"}
    told = " ".join(check_fault("", EVERY, approved=data).not_tried)
    assert "the first payment was not paid, but failed" in told
    assert 'pip install "payframe[gateway]"' in told
    assert "What follows a decline" in " ".join(check_fault("", EVERY, declined=None).not_tried)


@pytest.mark.slow
def test_the_command_starts_the_gateway_and_reads_payframe_toml(tmp_path: Path) -> None:
    port = free_port()
    (tmp_path / "payframe.toml").write_text(
        DEFAULT.read_text()
        + f"""
[check]
start = "exec {sys.executable} -m tests.check.servers gateway {port} wrong-attempt"

[check.gateway]
url = "http://127.0.0.1:{port}/gateway"
"""
    )
    rules = ("--rules", "gateway/wrong-attempt,handshake/no-listener")
    ran = subprocess.run(
        [sys.executable, "-m", "payframe", "check", "--format", "json", *rules],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(Path.cwd())},
    )
    page, gateway = json.loads(ran.stdout)["pages"]
    assert (page["part"], page["verdict"]) == ("iframe", "clean")
    assert [finding["rule"] for finding in gateway["findings"]] == ["gateway/wrong-attempt"]
    assert ran.returncode == 1
