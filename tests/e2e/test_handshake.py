"""What the widget believes of the page around it."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.demo import Demo
from tests.e2e.shop import Shop
from tests.e2e.widget_page import CHALLENGED
from tests.slow import slow


def system(message: dict[str, Any]) -> dict[str, Any]:
    params: dict[str, Any] = message["BX_SYSTEM_PARAMS"]
    return params


def test_the_message_is_the_platforms(shop: Shop) -> None:
    payment = shop.demo.new_payment()
    shop.open(payment)
    assert shop.last_message() == {
        "serviceid": "4411",
        "BX_SYSTEM_PARAMS": {
            "RETURN_URL": shop.return_url(payment),
            "PAYSYSTEM_ID": "1",
            "PAYMENT_ID": str(payment),
            "SUM": "100",
            "CURRENCY": "USD",
        },
    }


def test_the_frame_is_the_platforms(shop: Shop) -> None:
    shop.open(shop.demo.new_payment())
    expect(shop.iframe).to_have_attribute("name", "restPaymentFrame")
    expect(shop.iframe).to_have_attribute(
        "sandbox",
        "allow-forms allow-scripts allow-modals allow-top-navigation allow-same-origin",
    )
    expect(shop.page.locator("#rest-paysystem-wrapper > #rest-payment-frame")).to_be_visible()
    expect(shop.page.locator("#rest-payment-loader")).to_be_hidden()
    expect(shop.page.get_by_text("please return to this page")).to_be_visible()
    assert shop.evaluate("() => location.origin") != shop.demo.addresses.seller


@pytest.mark.parametrize(
    ("name", "value"), [("SUM", "1.00"), *slow(("SUM", 1), ("CURRENCY", "EUR"), ("SUM", "100.001"))]
)
def test_a_changed_amount_is_refused(shop: Shop, name: str, value: object) -> None:
    payment = shop.demo.new_payment()
    shop.tamper("Object.assign(message.BX_SYSTEM_PARAMS, argument)", {name: value})
    shop.open(payment, until="broken")
    expect(shop.frame.get_by_text("but the payment is for 100.00 USD")).to_be_visible()
    expect(shop.pay_button).to_be_hidden()


@pytest.mark.parametrize("value", [100, *slow("100", "100.0", "0100.00", "100.00")])
def test_the_same_amount_may_be_written_in_any_way(shop: Shop, value: object) -> None:
    shop.tamper("message.BX_SYSTEM_PARAMS.SUM = argument", value)
    shop.open(shop.demo.new_payment(), until="ready")


def test_ids_may_be_strings(shop: Shop) -> None:
    payment = shop.demo.new_payment()
    ids = {"PAYMENT_ID": str(payment), "PAYSYSTEM_ID": "1"}
    shop.tamper("Object.assign(message.BX_SYSTEM_PARAMS, argument)", ids)
    shop.open(payment, until="ready")


@pytest.mark.parametrize("name", ["PAYMENT_ID", *slow("PAYSYSTEM_ID", "SUM", "CURRENCY")])
def test_a_missing_parameter_is_named_on_the_console(troubled_shop: Shop, name: str) -> None:
    shop = troubled_shop
    shop.tamper("delete message.BX_SYSTEM_PARAMS[argument]", name)
    shop.open(shop.demo.new_payment(), until="broken")
    expect(shop.frame.get_by_text("The shop's page sent no payment.")).to_be_visible()
    assert shop.errors == [f"The shop's page sent no BX_SYSTEM_PARAMS.{name}"]


def test_what_is_missing_is_named_on_the_console_and_the_buyer_reads_what_to_do(
    troubled_shop: Shop,
) -> None:
    shop = troubled_shop
    shop.tamper("delete message.BX_SYSTEM_PARAMS")
    shop.open(shop.demo.new_payment(), until="broken")
    expect(shop.frame.locator("#stop-reason")).to_have_text(
        "The shop's page sent no payment. Reload the page. If this happens again, tell the shop."
    )
    assert shop.errors == ["The shop's page sent no BX_SYSTEM_PARAMS"]


def test_a_complete_message_after_an_incomplete_one_is_taken(troubled_shop: Shop) -> None:
    shop = troubled_shop
    payment = shop.demo.new_payment()
    shop.tamper("delete message.BX_SYSTEM_PARAMS.SUM")
    shop.open(payment, until="broken")
    message = shop.last_message()
    system(message)["SUM"] = "100.00"
    shop.post(message)
    shop.expect_state("ready")


def test_a_second_handshake_changes_nothing(shop: Shop) -> None:
    shop.open(shop.demo.new_payment())
    shop.fill_card()
    requests: list[str] = []
    shop.page.on("request", lambda request: requests.append(request.url))
    sizes = shop.sizes()
    message = shop.last_message()
    shop.post(message)
    other = {**message, "BX_SYSTEM_PARAMS": {**system(message), "PAYMENT_ID": 1, "SUM": "1.00"}}
    shop.post(other)
    settle(shop)
    shop.expect_state("ready")
    expect(shop.frame.get_by_label("Card number")).to_have_value("4242 4242 4242 4242")
    expect(shop.pay_button).to_have_text("Pay $100.00")
    assert requests == []
    assert shop.sizes() == sizes


def test_a_message_after_every_load_keeps_the_payment_going(shop: Shop) -> None:
    shop.open(shop.demo.new_payment())
    shop.navigate("location.reload()")
    shop.expect_state("ready")
    shop.pay(CHALLENGED)
    shop.press("Confirm payment")
    shop.expect_paid()


def test_a_message_from_another_window_is_ignored(shop: Shop) -> None:
    payment = shop.demo.new_payment()
    shop.silence()
    shop.open(payment, until="waiting")
    # A second frame of the very same shop: its origin would be right, its window is not.
    shop.page.evaluate(
        """([message]) => {
          const frame = document.body.appendChild(document.createElement("iframe"));
          frame.contentWindow.eval(
            `parent.frames.restPaymentFrame.postMessage(${JSON.stringify(message)}, "*")`);
        }""",
        [message_for(shop, payment)],
    )
    settle(shop)
    shop.expect_state("waiting")
    shop.post(message_for(shop, payment))
    shop.expect_state("ready")


def test_a_message_from_another_origin_is_ignored_once_the_seller_is_known(shop: Shop) -> None:
    shop.open(shop.demo.new_payment())
    before = look(shop)
    shop.evaluate(
        """(_, message) => dispatchEvent(new MessageEvent("message", {
          data: message, origin: "https://evil.example", source: parent }))""",
        {
            **message_for(shop, 1),
            "BX_COMPUTED_STYLE": {"color": "rgb(1, 2, 3)", "backgroundColor": "rgb(255, 0, 0)"},
        },
    )
    settle(shop)
    assert look(shop) == before


def test_what_means_somebody_else_is_ignored(shop: Shop) -> None:
    payment = shop.demo.new_payment()
    shop.open(payment)
    messages: list[object] = [None, 1, "text", [], {"type": "webpack"}, {"height": 5}]
    for message in messages:
        shop.page.evaluate("m => frames.restPaymentFrame.postMessage(m, '*')", message)
    settle(shop)
    shop.expect_state("ready")


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        *slow("https://evil.example/", "data:text/html,x", "", "//evil.example"),
    ],
)
def test_a_return_url_elsewhere_is_not_followed(shop: Shop, url: str) -> None:
    payment = shop.demo.new_payment()
    shop.tamper("message.BX_SYSTEM_PARAMS.RETURN_URL = argument", url)
    shop.open(payment)
    shop.page.clock.install()
    shop.pay()
    shop.expect_state("paid")
    expect(shop.frame.get_by_role("button", name="Return to the shop")).to_be_hidden()
    shop.page.clock.fast_forward(60_000)
    settle(shop)
    assert shop.page.url == shop.url(payment)


def test_without_a_message_it_says_what_to_do(troubled_shop: Shop) -> None:
    shop = troubled_shop
    shop.page.clock.install(time=0)
    shop.page.clock.pause_at(1)
    shop.silence()
    shop.open(shop.demo.new_payment(), until="waiting")
    shop.page.clock.fast_forward(9_000)
    shop.expect_state("waiting")
    shop.page.clock.fast_forward(2_000)
    shop.expect_state("broken")
    expect(shop.frame.get_by_text("The shop's page sent no payment.")).to_be_visible()
    assert shop.errors == ["The shop's page sent no message"]


def test_outside_a_frame_it_says_so(page: Page, demo: Demo) -> None:
    page.goto(demo.addresses.widget)
    expect(page.get_by_text("inside a shop's page")).to_be_visible()


def test_a_field_that_looks_like_markup_stays_text(shop: Shop) -> None:
    shop.tamper("message['<img src=x onerror=alert(1)>'] = '<b>x</b>'")
    shop.open(shop.demo.new_payment())
    assert shop.evaluate("() => document.querySelectorAll('img, b').length") == 0


def message_for(shop: Shop, payment: int) -> dict[str, Any]:
    return {
        "BX_SYSTEM_PARAMS": {
            "RETURN_URL": shop.return_url(payment),
            "PAYSYSTEM_ID": 1,
            "PAYMENT_ID": payment,
            "SUM": "100.00",
            "CURRENCY": "USD",
        },
        "BX_COMPUTED_STYLE": {},
    }


def settle(shop: Shop) -> None:
    """Wait until every message posted so far has been handled: a later one has come through."""
    shop.evaluate(
        """() => new Promise((done) => {
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = () => requestAnimationFrame(() => requestAnimationFrame(done));
          port2.postMessage(0);
        })"""
    )


def look(shop: Shop) -> Any:
    return shop.evaluate(
        "(page) => [page.dataset.state, page.innerText, document.documentElement.style.cssText]"
    )
