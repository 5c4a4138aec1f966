"""The words of another language arrive once, whole, or not at all."""

import json
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.shop import Shop
from tests.e2e.states import pay
from tests.e2e.widget_page import CHALLENGED, DECLINED
from tests.slow import slow

IN_ARABIC = pytest.mark.browser_context_args(locale="ar-EG")
IN_GERMAN = pytest.mark.browser_context_args(locale="de-AT")


def words(language: str, key: str) -> str:
    text: str = json.loads(Path(f"widget/locales/{language}.json").read_text())[key]
    return text


def requests_of(page: Page) -> list[str]:
    """What is asked of the payment service, in order, from now on."""
    asked: list[str] = []

    def note(url: str) -> None:
        if (parts := urlsplit(url)).hostname == "127.0.0.1":
            asked.append(parts.path)

    page.on("request", lambda request: note(request.url))
    return asked


def expect_english(shop: Shop) -> None:
    shop.expect_state("ready")
    expect(shop.frame.locator("html")).to_have_attribute("lang", "en")
    expect(shop.frame.get_by_label("Card number")).to_be_visible()
    shop.pay()
    shop.expect_state("paid")


def test_the_default_language_asks_for_nothing_before_the_gateway(shop: Shop) -> None:
    asked = requests_of(shop.page)
    shop.open(shop.demo.new_payment())
    assert asked == ["/widget/", "/gateway/payments"]


@IN_GERMAN
def test_another_language_is_fetched_once(shop: Shop) -> None:
    asked = requests_of(shop.page)
    shop.open(shop.demo.new_payment("1249.50", "EUR"))
    fetched = [path for path in asked if "/locales/" in path]
    assert sorted(set(fetched)) == ["/widget/locales/de.json", "/widget/locales/index.json"]
    assert asked.count("/widget/locales/de.json") == 1
    expect(shop.frame.locator("html")).to_have_attribute("lang", "de-AT")
    expect(shop.frame.get_by_label(words("de", "number"))).to_be_visible()
    # As Austrians write it, not as Germans do.
    expect(shop.frame.locator("#amount")).to_have_text("€\u00a01.249,50")


@IN_ARABIC
def test_arabic_is_read_from_right_to_left_and_digits_are_typed_from_left_to_right(
    shop: Shop,
) -> None:
    shop.open(shop.demo.new_payment("1249.50", "EUR"))
    expect(shop.frame.locator("html")).to_have_attribute("dir", "rtl")
    amount = shop.evaluate(
        """() => new Intl.NumberFormat("ar-EG", { style: "currency", currency: "EUR" })
          .format(1249.5)"""
    )
    expect(shop.frame.locator("#amount")).to_have_text(amount)
    for name, value in {"number": "4242 4242 4242 4242", "expiry": "12 / 30"}.items():
        field = shop.frame.locator(f"#card-{name}")
        field.fill(value)
        expect(field).to_have_css("direction", "ltr")
        expect(field).to_have_css("text-align", "right")
    expect(shop.frame.locator("#card-name")).to_have_css("direction", "rtl")
    # A hint is a word of the language.
    expect(shop.frame.locator("#card-cvc")).to_have_css("direction", "rtl")
    mark = shop.frame.locator("#card-brand").bounding_box()
    label = shop.frame.locator("label[for=card-number]").bounding_box()
    assert mark is not None
    assert label is not None
    assert abs(mark["x"] - label["x"]) < 1, "the brand stands at the end of the line, the left"


@IN_ARABIC
def test_what_the_gateway_says_in_english_is_read_from_left_to_right(shop: Shop) -> None:
    shop.open(shop.demo.new_payment())
    shop.frame.get_by_role("radio").nth(3).check()
    shop.frame.locator("#pay").press("Enter")
    shop.expect_state("action_required")
    values = shop.frame.get_by_role("definition").locator("bdi")
    for each in values.all():
        expect(each).to_have_css("direction", "ltr")
    copy = shop.frame.get_by_role("button", name=words("ar", "copy")).first.bounding_box()
    value = values.first.bounding_box()
    assert copy is not None
    assert value is not None
    assert copy["x"] < value["x"]


@IN_GERMAN
def test_the_gateway_answers_in_the_language_of_the_page(shop: Shop) -> None:
    shop.open(shop.demo.new_payment())
    ways = shop.frame.locator(".method")
    expect(ways).to_have_text(["Karte", "Bankkonto", "QR-Code", "Überweisung"])
    expect(shop.frame.locator("#description")).to_contain_text("Zahlung ")
    pay(shop, DECLINED)
    expect(shop.alert).to_have_text("Ihre Bank hat diese Karte abgelehnt.")
    pay(shop, CHALLENGED)
    expect(shop.frame.get_by_role("heading", name="Bestätigen Sie diese Zahlung")).to_be_visible()
    shop.press("Zahlung bestätigen")
    shop.expect_paid()


@IN_GERMAN
def test_the_locale_of_fields_is_the_gateways_language_too(shop: Shop) -> None:
    shop.tamper("message.locale = argument", "ja_JP")
    shop.open(shop.demo.new_payment())
    expect(shop.frame.locator(".method").first).to_have_text("カード")
    shop.frame.get_by_role("radio").nth(1).check()
    shop.frame.locator("#pay").press("Enter")
    expect(shop.page.get_by_role("heading", name="口座から支払う")).to_be_visible()


@pytest.mark.parametrize("locale", ["x\ny", *slow("é", "nonsense!", "_")])
def test_no_locale_keeps_the_payment_from_its_gateway(shop: Shop, locale: str) -> None:
    shop.tamper("message.locale = argument", locale)
    shop.open(shop.demo.new_payment())


@IN_GERMAN
@pytest.mark.parametrize("name", ["index", *slow("de")])
def test_a_tampered_file_is_refused(troubled_shop: Shop, name: str) -> None:
    shop = troubled_shop
    true = json.loads(Path(f"dist/locales/{name}.json").read_text())
    body = json.dumps({**true, "number": "Your PIN"})
    shop.page.route(f"**/locales/{name}.json", lambda route: route.fulfill(body=body))
    shop.open(shop.demo.new_payment(), until=None)
    expect_english(shop)
    assert any("integrity" in error for error in shop.errors)


@IN_GERMAN
@pytest.mark.parametrize("name", ["index", *slow("de")])
def test_a_missing_file_is_done_without(troubled_shop: Shop, name: str) -> None:
    shop = troubled_shop
    shop.page.route(f"**/locales/{name}.json", lambda route: route.fulfill(status=404))
    shop.open(shop.demo.new_payment(), until=None)
    expect_english(shop)
