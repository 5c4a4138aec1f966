"""The vendor's own three handlers, from its page, registered over REST and paid by a buyer."""

import re
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from playwright.sync_api import expect

from tests.e2e.demo import Demo
from tests.e2e.shop import Shop
from tests.e2e.test_modes import confirm
from tests.harness.portal.reference import javascript_examples

EXAMPLES = {each["CODE"]: each for each in javascript_examples()}
SUFFIX = "_vendor"
"""The demo has a handler `resthandleriframe` already: the examples get codes of their own."""


def call(demo: Demo, method: str, params: dict[str, Any]) -> Any:
    answer = httpx.post(f"{demo.addresses.webhook}/{method}", json=params).json()
    assert "result" in answer, answer
    return answer["result"]


@pytest.fixture
def registered(demo: Demo, request: pytest.FixtureRequest) -> Iterator[str]:
    """The name of a payment system of one of the vendor's handlers."""
    example = EXAMPLES[request.param]
    settings = example["SETTINGS"]
    name = re.sub(r"^Handler\.Rest ", "Vendor's ", example["NAME"])
    pages = {
        "FORM_DATA": f"{demo.addresses.gateway}/form",
        "CHECKOUT_DATA": f"{demo.addresses.gateway}/checkout",
        "IFRAME_DATA": demo.addresses.widget,
    }
    (mode,) = set(pages) & set(settings)
    assert settings[mode]["ACTION_URI"].startswith("http://example.com/payment_")
    here = {**settings, mode: {**settings[mode], "ACTION_URI": pages[mode]}}
    handler = {**example, "CODE": example["CODE"] + SUFFIX, "SETTINGS": here}
    call(demo, "sale.paysystem.handler.add", handler)
    system = call(
        demo,
        "sale.paysystem.add",
        {
            "NAME": name,
            "PERSON_TYPE_ID": 1,
            "BX_REST_HANDLER": handler["CODE"],
            "ACTIVE": "Y",
            "ENTITY_REGISTRY_TYPE": "ORDER",
            "SETTINGS": {
                code: {"TYPE": "VALUE", "VALUE": "4411"}
                for code in settings["CODES"]
                if code.startswith("REST_SERVICE_ID")
            },
        },
    )
    yield name
    # Payments of the tests to come do not offer it.
    call(demo, "sale.paysystem.update", {"ID": system, "FIELDS": {"ACTIVE": "N"}})


@pytest.mark.parametrize("registered", ["resthandlerform"], indirect=True)
def test_the_form_pays(shop: Shop, registered: str) -> None:
    payment = shop.demo.new_payment()
    shop.open(payment)
    shop.page.get_by_role("button", name=registered).click()
    form = shop.page.locator('form[name="rest-handler-form"]')
    form.get_by_label("Phone number").fill("+1 555 0100")
    form.get_by_label("Selection illusion").check()
    number = shop.demo.payment(payment).account_number
    expect(form.get_by_label("Payment number")).to_have_value(number)
    expect(form.locator('input[type=hidden][name="serviceid"]')).to_have_value("4411")
    form.get_by_role("button", name="Pay").click()
    confirm(shop.page)
    shop.expect_paid()
    assert shop.demo.times_paid(payment) == 1


@pytest.mark.parametrize("registered", ["resthandlercheckout"], indirect=True)
def test_the_checkout_pays(shop: Shop, registered: str) -> None:
    payment = shop.demo.new_payment()
    shop.open(payment)
    shop.page.get_by_role("button", name=registered).click()
    shop.page.get_by_role("link", name="Pay", exact=True).click()
    confirm(shop.page)
    shop.expect_paid()
    assert shop.demo.times_paid(payment) == 1


@pytest.mark.parametrize("registered", ["resthandleriframe"], indirect=True)
def test_the_iframe_pays(shop: Shop, registered: str) -> None:
    payment = shop.demo.new_payment()
    shop.open(payment)
    shop.page.get_by_role("button", name=registered).click()
    expect(shop.page.get_by_role("button", name=registered)).to_have_attribute(
        "aria-pressed", "true"
    )
    shop.expect_state("ready")
    assert shop.last_message()["serviceid"] == "4411"
    shop.pay()
    shop.expect_paid()
    assert shop.demo.times_paid(payment) == 1
