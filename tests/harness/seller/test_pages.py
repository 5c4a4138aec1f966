"""The seller's site over HTTP: the list of payments and the payment page."""

import html
import json
import re

import httpx
import pytest
from payframe.harness.money import print_money

from tests.harness.support import Running, add_pay_system, add_payment, change_payment

FRAME = (
    r'<iframe id="rest-payment-frame" class="rest-payment-frame" name="restPaymentFrame" [^>]*'
    r'src="http://127.0.0.1/widget/" style="border: none; height: 350px; width: 100%"\s+'
    r'sandbox="allow-forms allow-scripts allow-modals allow-top-navigation allow-same-origin">'
)


def get(running: Running, path: str) -> httpx.Response:
    return running.http.get(f"{running.addresses.seller}{path}")


def test_the_list_shows_every_payment_with_its_state(running: Running) -> None:
    page = get(running, "/")
    text = html.unescape(page.text)
    assert page.status_code == 200
    for shown in ("Walnut desk lamp", "João Oliveira", "₹18,499.50", "¥12,800", "KWD", "iframe"):
        assert shown in text
    assert "1,234,567,890,123.45" in text
    assert '<span class="status paid">paid</span>' in text


def test_the_payment_page_has_the_platforms_frame(running: Running) -> None:
    page = get(running, f"/payments/{add_payment(running.store)}")
    assert page.status_code == 200
    assert 'id="rest-paysystem-wrapper" class="rest-paysystem-wrapper"' in page.text
    (frame,) = re.findall(r"<iframe[^>]*>", page.text)
    assert re.fullmatch(FRAME, frame)
    assert "return to this page" in page.text


def test_the_message_stands_in_the_page_as_data(running: Running) -> None:
    payment_id = add_payment(running.store, sum="12.50", ps_invoice_id="</script><b>")
    page = get(running, f"/payments/{payment_id}?theme=dark")
    (data,) = re.findall(r'<script id="rest-payment-data"[^>]*>(.*?)</script>', page.text)
    params = json.loads(data)["BX_SYSTEM_PARAMS"]
    assert params["SUM"] == "12.5"
    assert params["EXTERNAL_PAYMENT_ID"] == "</script><b>"
    url = f"{running.addresses.seller}/payments/{payment_id}?theme=dark"
    returns = httpx.URL(params["RETURN_URL"])
    assert str(returns).startswith(f"{url}&orderId=")
    assert returns.params["paymentId"] == str(payment_id)
    assert re.fullmatch("[0-9a-f]{32}", returns.params["access"])


def test_the_order_s_key_goes_to_the_page_alone(
    running: Running, caplog: pytest.LogCaptureFixture
) -> None:
    payment_id = add_payment(running.store)
    page = get(running, f"/payments/{payment_id}").text
    (key,) = set(re.findall("access=([0-9a-f]{32})", page))
    returned = get(running, f"/payments/{payment_id}?access={key}&theme=dark")
    assert returned.status_code == 200
    assert key not in caplog.text
    # Browsers then tell other sites the shop's origin alone.
    assert returned.headers["referrer-policy"] == "strict-origin-when-cross-origin"


def test_a_paid_payment_is_shown_as_paid_without_a_frame(running: Running) -> None:
    payment_id = add_payment(running.store)
    change_payment(running.store, payment_id, paid="Y", ps_status_description="visa <4242>")
    page = get(running, f"/payments/{payment_id}")
    assert re.search(r"Order \d+ is paid", page.text)
    assert "visa &lt;4242&gt;" in page.text
    assert "<iframe" not in page.text
    assert page.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("theme", ["light", "dark", "brand"])
def test_a_theme_is_chosen_in_the_address(running: Running, theme: str) -> None:
    page = get(running, f"/payments/1?theme={theme}")
    assert f'<html lang="en" class="{theme}">' in page.text


def test_an_unknown_theme_is_the_light_one(running: Running) -> None:
    page = get(running, '/?theme="><script>')
    assert '<html lang="en" class="light">' in page.text
    assert '"><script>' not in page.text


@pytest.mark.parametrize("path", ["/payments/0", "/payments/4711", f"/payments/{10**30}"])
def test_an_unknown_payment_is_told(running: Running, path: str) -> None:
    page = get(running, path)
    assert page.status_code == 404
    assert "There is no payment" in page.text


def test_a_payment_without_a_handler_is_told(running: Running) -> None:
    other = add_pay_system(running.store)
    page = get(running, f"/payments/{add_payment(running.store, pay_system_id=other)}")
    assert page.status_code == 404
    assert "has no handler" in page.text


@pytest.mark.parametrize(
    ("value", "currency", "printed"),
    [
        ("100.00", "USD", "$100.00"),
        ("12800", "JPY", "¥12,800"),
        ("38.750", "KWD", "KWD\xa038.750"),
        ("12345678901234567.89", "EUR", "€12,345,678,901,234,567.89"),
        ("5.00", "ZZZ", "ZZZ\xa05.00"),
    ],
)
def test_money_is_printed_digit_for_digit(value: str, currency: str, printed: str) -> None:
    assert print_money(value, currency) == printed
