"""What a handler, a buyer or a payment service writes is text, wherever the page shows it."""

import json
from typing import Any

import pytest
from payframe.harness.store.models import OrderProperty, Payment
from playwright.sync_api import expect

from tests.e2e.shop import Shop
from tests.harness.seller.conftest import reply, serving
from tests.harness.support import add_handler

MARKUP = (
    "\"'><img src=x onerror=\"alerted('img')\"><script>alerted('script')</script>"
    "</script></select></textarea></form><b id=injected>{{ 7 * 7 }}"
)
ATTRIBUTE = "\" onfocus=alerted('focus') autofocus x=\""
CLOBBERING = [
    "elements",
    "submit",
    "setAttribute",
    "querySelector",
    "parentElement",
    "id",
    "button",
]
WATCH = "window.alerts = []; window.alerted = (what) => alerts.push(what);"
BUTTON = "#rest-checkout-form > input[type=submit]"
SUBMIT_THRICE = """async (button) => {
  document.querySelector(button).click();
  const { disabled } = document.querySelector(button);
  await fetch("/"); // by now the first request has left
  document.querySelector(button).click();
  // As Enter in a field does, button or not.
  HTMLFormElement.prototype.requestSubmit.call(document.getElementById("rest-checkout-form"));
  await fetch("/");
  return disabled;
}"""
TYPES = {"text": "STRING", "tick": "Y/N", "pick": "ENUM"}


def parameter(type_: str) -> dict[str, Any]:
    return {
        "NAME": MARKUP,
        "DEFAULT": {"PROVIDER_KEY": "PROPERTY", "PROVIDER_VALUE": "EVIL"},
        "INPUT": {"TYPE": type_, "OPTIONS": {MARKUP: MARKUP, ATTRIBUTE: ATTRIBUTE}},
    }


CODES = {name.upper(): parameter(type_) for name, type_ in TYPES.items()}


def fields() -> dict[str, Any]:
    """Every kind of field, visible and hidden, with markup for a name."""
    described: dict[str, Any] = {}
    for text in (MARKUP, ATTRIBUTE):
        for name, type_ in TYPES.items():
            for visible in "YN":
                key = f"{text}{name}{visible}"
                described[key] = {"CODE": name.upper(), "VISIBLE": visible}
                in_place = {"NAME": text, "INPUT": parameter(type_)["INPUT"]}
                described[f"{key}own"] = {"CODE": in_place, "VISIBLE": visible}
    return described


def visit(shop: Shop, mode: str, data: dict[str, Any], query: str = "inspect=1") -> int:
    # Shown in the chooser as well, beside another one; for a currency that no other test has.
    settings = {mode: data, "CODES": CODES, "CURRENCY": ["XTS"]}
    system = add_handler(shop.demo.store, settings, name=MARKUP)
    payment = shop.demo.new_payment("5.00", "XTS", through=system)
    with shop.demo.store.write() as session:
        order = session.get_one(Payment, payment).order
        order.properties = [OrderProperty(code="EVIL", value=MARKUP)]
        order.order_topic = MARKUP
    shop.page.add_init_script(WATCH)
    shop.visit(payment, query)
    return payment


def expect_inert(shop: Shop) -> None:
    expect(shop.page.get_by_role("heading", name="Checkout")).to_be_visible()
    expect(shop.page.locator("#injected, img[src=x], [onfocus], [onerror]")).to_have_count(0)
    expect(shop.page.locator("[autofocus]")).to_have_count(0)
    assert shop.page.evaluate("alerts") == []


@pytest.mark.parametrize("mode", ["FORM_DATA", "CHECKOUT_DATA"])
def test_names_values_and_field_names(shop: Shop, mode: str) -> None:
    described = fields()
    visit(shop, mode, {"ACTION_URI": "http://127.0.0.1:9/pay", "FIELDS": described})
    expect_inert(shop)
    form = shop.page.locator("form[name^=rest-]")
    sent = form.evaluate("(form) => [...new FormData(form).keys()]")
    lists = {name for name in described if "pick" in name}  # an error in the form, and not sent
    assert set(described) - lists <= set(sent)
    assert not lists & set(sent)
    expect(form.get_by_text(f"{MARKUP}: the list has no options.", exact=True)).not_to_have_count(0)
    expect(form.get_by_label(MARKUP, exact=True)).to_have_count(6)


def test_the_message_of_the_iframe(shop: Shop) -> None:
    data = {"ACTION_URI": shop.demo.addresses.widget, "FIELDS": {MARKUP: {"CODE": "TEXT"}}}
    visit(shop, "IFRAME_DATA", data)
    expect(shop.frame.locator("#page")).to_be_visible()
    expect_inert(shop)
    assert shop.last_message()[MARKUP] == MARKUP


def test_what_the_payment_service_answers(shop: Shop) -> None:
    with serving() as service:
        service.answer = lambda request: reply(request, json.dumps({"PAYMENT_ERRORS": [MARKUP]}))
        visit(shop, "CHECKOUT_DATA", {"ACTION_URI": service.url})
        expect_inert(shop)
        expect(shop.page.get_by_role("alert")).to_have_text(MARKUP)
        url = f"{service.url}?q={ATTRIBUTE.replace(' ', '')}<script>alerted()</script>"
        answer = json.dumps({"PAYMENT_URL": url, "PAYMENT_ID": MARKUP})
        service.answer = lambda request: reply(request, answer)
        shop.page.reload()
        expect_inert(shop)
        expect(shop.page.get_by_role("link", name="Pay", exact=True)).to_have_attribute("href", url)


def test_what_the_buyer_types(shop: Shop) -> None:
    with serving() as service:
        service.answer = lambda request: reply(request, "{}")
        described = {"phone": {"VISIBLE": "Y", "CODE": {"NAME": "Phone"}}}
        visit(shop, "CHECKOUT_DATA", {"ACTION_URI": service.url, "FIELDS": described})
        shop.page.get_by_label("Phone").fill(MARKUP)
        shop.page.get_by_role("button", name="Pay", exact=True).click()
        expect(shop.page.get_by_role("alert")).to_be_visible()
        expect_inert(shop)
        expect(shop.page.get_by_label("Phone")).to_have_value(MARKUP)


def test_field_names_that_hide_the_forms_own_do_not_stop_it(shop: Shop) -> None:
    """A second click does nothing while the first is under way, whatever the fields are called."""
    with serving() as service:
        answer = json.dumps({"PAYMENT_ERRORS": ["Not now"]})

        def slowly(request: Any) -> None:
            service.released.wait(10)
            reply(request, answer)

        service.answer = slowly
        described = {name: {"VISIBLE": "Y", "CODE": {"NAME": name}} for name in CLOBBERING}
        visit(shop, "CHECKOUT_DATA", {"ACTION_URI": service.url, "FIELDS": described})
        posts: list[str] = []
        shop.page.on("request", lambda r: posts.append(r.url) if r.method == "POST" else None)
        assert shop.page.evaluate(SUBMIT_THRICE, BUTTON) is True
        # A page that is only half there, with such fields, is more than Playwright can describe.
        with shop.page.expect_event("load"):
            service.released.set()
        expect(shop.page.get_by_role("alert")).to_have_text("Not now")
        # The field names are too much for Playwright's own to_be_enabled.
        assert shop.page.evaluate("(b) => document.querySelector(b).disabled", BUTTON) is False
        assert (len(posts), len(service.bodies)) == (1, 1)
