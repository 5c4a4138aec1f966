"""A card in the provider's own fields: three sites, one in the other, and a token at the end."""

import json
from collections.abc import Iterator

import pytest
from payframe.harness.server.in_process import Running
from playwright.sync_api import Frame, Page, Request, expect

from tests.e2e.hosted import HostedPage, hosted_fields
from tests.e2e.test_accessibility import AXE, expect_clean
from tests.e2e.widget_page import CHALLENGED, DECLINED, SUCCESS
from tests.slow import slow


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with hosted_fields(tmp_path_factory.mktemp("hosted")) as server:
        yield server


@pytest.fixture
def shop(page: Page, server: Running) -> HostedPage:
    return HostedPage(page, server.addresses.seller)


def test_a_card_pays_and_neither_page_nor_gateway_sees_it(
    shop: HostedPage, server: Running
) -> None:
    sent: list[Request] = []
    shop.page.on("request", lambda request: sent.append(request))
    payment = server.new_payment()
    shop.open(payment)
    shop.pay()
    shop.expect_paid()
    assert server.is_paid(payment)
    number = SUCCESS.replace(" ", "")
    with_card = [each.url for each in sent if number in (each.post_data or "") + each.url]
    assert with_card == [f"{server.addresses.vault}/tokens"]
    (attempt,) = [json.loads(each.post_data or "") for each in sent if "/attempts" in each.url]
    assert attempt["method"] == "hosted_card"
    assert list(attempt["data"]) == ["token"]


def test_a_declined_card_says_so_and_another_pays(shop: HostedPage, server: Running) -> None:
    payment = server.new_payment()
    shop.open(payment)
    shop.pay(DECLINED)
    expect(shop.alert).to_have_text("Your bank declined this card.")
    expect(shop.field("cvc")).to_have_value("")
    assert not server.is_paid(payment)
    shop.pay()
    shop.expect_paid()


def test_a_challenge_is_confirmed_in_the_frame(shop: HostedPage, server: Running) -> None:
    shop.open(server.new_payment())
    shop.pay(CHALLENGED)
    shop.press("Confirm payment")
    shop.expect_paid()


def test_what_is_wrong_with_a_field_is_said_at_it(shop: HostedPage, server: Running) -> None:
    """Whether it is empty, left, or sent."""
    shop.open(server.new_payment())
    number = shop.field("number")
    expect(shop.field("name")).to_be_visible()
    shop.pay_button.press("Enter")
    expect(shop.frame.get_by_text("Fill in this field.").last).to_be_visible()
    assert shop.frame.get_by_text("Fill in this field.").count() == 4
    expect(number).to_be_focused()

    shop.field("expiry").click()
    shop.page.keyboard.type("0120")
    shop.field("cvc").click()
    expect(shop.frame.get_by_text("This card has expired.")).to_be_visible()

    shop.fill_card("4242 4242")
    shop.pay_button.press("Enter")
    expect(number).to_be_focused()
    expect(shop.frame.get_by_text("Check the card number.")).to_be_visible()
    expect(number).to_have_accessible_description("Check the card number.")
    expect(number).to_have_attribute("aria-invalid", "true")
    expect(shop.box("number")).to_have_accessible_description("Check the card number.")
    shop.expect_state("ready")
    number.fill(SUCCESS)
    expect(shop.frame.get_by_text("Check the card number.")).to_be_hidden()
    expect(number).to_have_attribute("aria-invalid", "false")


def test_tab_walks_through_the_fields_and_enter_pays(shop: HostedPage, server: Running) -> None:
    shop.open(server.new_payment())
    expect(shop.field("name")).to_be_visible()
    shop.frame.get_by_text("Card number").click()
    expect(shop.field("number")).to_be_focused()
    keyboard = shop.page.keyboard
    for name, text in (("number", SUCCESS), ("expiry", "1230"), ("cvc", "123"), ("name", "Ava")):
        expect(shop.field(name)).to_be_focused()
        expect(shop.box(name)).to_have_attribute("data-focused", "")
        keyboard.type(text)
        keyboard.press("Tab")
    expect(shop.pay_button).to_be_focused()
    expect(shop.field("number")).to_have_value("4242 4242 4242 4242")
    expect(shop.field("expiry")).to_have_value("12 / 30")
    expect(shop.frame.get_by_text("Visa", exact=True)).to_be_visible()
    keyboard.press("Shift+Tab")
    expect(shop.field("name")).to_be_focused()
    expect(shop.box("name")).to_have_attribute("data-focused", "")
    keyboard.press("Enter")
    shop.expect_paid()


@pytest.mark.parametrize("theme", ["light", *slow("dark", "brand")])
def test_the_fields_look_like_the_page(shop: HostedPage, server: Running, theme: str) -> None:
    shop.open(server.new_payment(), theme)
    field = shop.field("number")
    expect(field).to_be_visible()
    names = ["color", "fontFamily", "fontSize", "lineHeight", "colorScheme"]
    read = "(element, names) => names.map((name) => getComputedStyle(element)[name])"
    assert field.evaluate(read, names) == shop.box("number").evaluate(read, names)
    placeholder = "(e) => getComputedStyle(e, '::placeholder').color"
    quiet = "(e) => getComputedStyle(e.querySelector('.quiet')).color"
    assert shop.field("cvc").evaluate(placeholder) == shop.widget.evaluate(quiet)
    assert shop.field("expiry").get_attribute("placeholder") == "MM / YY"


@pytest.mark.browser_context_args(locale="de")
def test_the_fields_speak_the_buyers_language(shop: HostedPage, server: Running) -> None:
    shop.open(server.new_payment())
    expect(shop.field("number")).to_have_accessible_name("Kartennummer")
    title = shop.box("number").locator("iframe").get_attribute("title")
    assert title == "Kartennummer"


def test_a_script_that_is_blocked_is_told_and_loaded_again(
    shop: HostedPage, server: Running
) -> None:
    shop.page.route("**/vault.js", lambda route: route.abort())
    shop.open(server.new_payment())
    expect(shop.alert).to_contain_text("The card fields could not be loaded.")
    shop.page.unroute("**/vault.js")
    shop.pay_button.press("Enter")
    shop.expect_state("failed")
    expect(shop.field("name")).to_be_visible()
    shop.pay()
    shop.expect_paid()


def test_a_frame_that_never_comes_is_told(shop: HostedPage, server: Running) -> None:
    shop.page.clock.install()
    shop.page.route("**/field", lambda route: route.abort())
    shop.open(server.new_payment())
    shop.expect_state("ready")
    expect(shop.box("name").locator("iframe")).to_be_attached()
    shop.page.clock.fast_forward(16_000)
    expect(shop.alert).to_contain_text("take too long to load")


@pytest.mark.parametrize(
    ("status", "sentence"),
    [
        (422, "Your card details were not accepted."),
        *slow((0, "could not be sent. You have not been")),
    ],
)
def test_a_token_that_does_not_come_is_told(
    shop: HostedPage, server: Running, status: int, sentence: str
) -> None:
    shop.page.route(
        "**/tokens",
        lambda route: (
            route.fulfill(status=status, json={"error": "invalid_card"})
            if status
            else route.abort()
        ),
    )
    payment = server.new_payment()
    shop.open(payment)
    shop.pay()
    expect(shop.alert).to_contain_text(sentence)
    shop.expect_state("failed")
    assert not server.is_paid(payment)
    shop.page.unroute("**/tokens")
    shop.pay()
    shop.expect_paid()


def test_no_script_but_the_providers_can_be_loaded(shop: HostedPage, server: Running) -> None:
    """Trusted Types stay on: the page makes no address of a script, whoever asks it to."""
    shop.open(server.new_payment())
    expect(shop.field("name")).to_be_visible()
    made = shop.evaluate(
        """() => { try { document.createElement("script").src = "/x.js"; return true; }
          catch (error) { return error.name; } }"""
    )
    assert made == "TypeError"


def violations_of_wcag(field: Frame) -> list[str]:
    """A field is a part of the page around it: it has no headings and landmarks of its own."""
    field.evaluate(f"() => {{ {AXE} }}")
    result = field.evaluate("() => axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa'] })")
    assert result["passes"]
    return [each["id"] for each in result["violations"]]


@pytest.mark.parametrize("theme", ["dark", *slow("light", "brand")])
def test_axe_finds_nothing(shop: HostedPage, server: Running, theme: str) -> None:
    shop.open(server.new_payment(), theme)
    expect(shop.field("name")).to_be_visible()
    for _ in ("ready", "wrong"):
        page, *fields = shop.page.frames[1:]
        expect_clean(page)
        for field in fields:
            assert violations_of_wcag(field) == []
        shop.pay_button.press("Enter")
        expect(shop.frame.get_by_text("Fill in this field.").first).to_be_visible()
