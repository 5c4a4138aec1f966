"""`payframe check` and servers in PHP and Node: good ones, and what the vendor's page says."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from payframe.harness.check.checkout.check import check_checkout
from payframe.harness.check.form.check import check_form
from payframe.harness.check.judging import PageReport
from payframe.harness.check.registry import choose_rules
from payframe.harness.check.target import Target, with_fields
from payframe.harness.server.in_process import Running
from payframe.widget.handler import Mapping
from payframe.widget.modes import Mode
from playwright.sync_api import Browser

from tests.harness.portal.reference import javascript_examples
from tests.harness.programs import run_node, run_php
from tests.slow import slow

SERVERS = Path(__file__).parent / "servers"
FIELDS = {"shop_id": "4411", "buyer": "Ava Thompson"}
Serve = Callable[[str], AbstractContextManager[str]]
Check = Callable[[Target], PageReport]

pytestmark = pytest.mark.timeout(600)  # PHP may be installed first


@pytest.fixture
def serve(check_shop: Running, tmp_path: Path) -> Serve:
    """Serves a file, with the portal of the check and a folder for what it keeps."""

    def run(name: str) -> AbstractContextManager[str]:
        runner = run_php if name.endswith(".php") else run_node
        environment = {
            "PAYFRAME_PORTAL": check_shop.addresses.webhook,
            "PAYMENTS": str(tmp_path),
        }
        return runner(SERVERS / name, **environment)

    return run


@pytest.fixture
def check_target(check_shop: Running, browser: Browser) -> Check:
    """Checks a target by all rules of its mode."""

    def check(target: Target) -> PageReport:
        rules = choose_rules([], {target.part})
        if target.mode == "form":
            return check_form(browser, check_shop, target, rules, timeout=10)
        return check_checkout(browser, check_shop, target, rules, timeout=10, knows_orders=True)

    return check


@pytest.mark.parametrize("name", ["checkout.mjs", *slow("checkout.php")])
def test_a_good_checkout_server_is_not_found(name: str, serve: Serve, check_target: Check) -> None:
    with serve(name) as url:
        report = check_target(with_fields(f"{url}/pay", FIELDS, "100.00", "USD", "checkout"))
    assert report.findings == ()
    assert (report.verdict, report.not_tried) == ("clean", ())


@pytest.mark.parametrize(
    ("name", "method"),
    slow(*((name, method) for name in ("form.php", "form.mjs") for method in ("GET", "POST"))),
)
def test_a_good_receiver_of_a_form_is_not_found(
    name: str, method: str, serve: Serve, check_target: Check
) -> None:
    with serve(name) as url:
        report = check_target(
            with_fields(f"{url}/pay", {}, "100.00", "USD", "form").sent_by(method)
        )
    assert report.findings == ()
    assert (report.verdict, report.not_tried) == ("clean", ())


def of_the_vendor(code: str, url: str) -> Target:
    """The handler of an example on the vendor's page, with a store number."""
    settings = next(each["SETTINGS"] for each in javascript_examples() if each["CODE"] == code)
    mappings = {
        name: Mapping(TYPE="VALUE", VALUE="4411")
        for name in settings["CODES"]
        if name.startswith("REST_SERVICE_ID")
    }
    mode: Mode = "form" if "FORM_DATA" in settings else "checkout"
    return Target(url, settings, mappings, "100.00", "USD", mode)


def test_the_vendors_checkout_gets_what_it_deserves(serve: Serve, check_target: Check) -> None:
    with serve("vendor/payment_checkout.php") as url:
        report = check_target(of_the_vendor("resthandlercheckout", url))
    assert sorted({finding.rule for finding in report.findings}) == [
        "checkout/believed-sum",  # SUM is the amount: the page names no other way to know it
        "checkout/crash",  # a sum that is no number is an amount too
        "checkout/foreign-payment",  # EXTERNAL_PAYMENT_ID is believed
        "checkout/impossible-amount",  # so are a sum below 0 and any currency
        "checkout/phone",  # what a page to pay on needs is not said
        "checkout/second-payment",  # without EXTERNAL_PAYMENT_ID each call makes a payment
    ]
    assert report.not_tried == ()


@pytest.mark.slow
def test_the_vendors_form_gets_what_it_deserves(serve: Serve, check_target: Check) -> None:
    with serve("vendor/payment_form.php") as url:
        report = check_target(of_the_vendor("resthandlerform", url))
    assert sorted({finding.rule for finding in report.findings}) == [
        "form/open-redirect",  # BX_RETURN_URL is where the user is sent
        "form/phone",  # what a page to pay on needs is not said
        "form/wrong-amount",  # none of the example's fields says the amount
    ]
    assert report.not_tried == ()
