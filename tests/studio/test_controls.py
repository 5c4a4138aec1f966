"""Each control, by what the page in the frame gets."""

import json

import pytest
from playwright.sync_api import Route, expect

from tests.slow import slow
from tests.studio.studio_page import StudioPage


@pytest.mark.parametrize(
    ("amount", "currency", "written"),
    [
        ("0.01", "USD", "0.01"),
        *slow(
            ("12800", "JPY", "12800"),
            ("38.750", "KWD", "38.75"),
            ("1234567890123.45", "IDR", "1234567890123.4"),
        ),
    ],
)
def test_an_amount_is_that_of_the_payment(
    echo: StudioPage, amount: str, currency: str, written: str
) -> None:
    echo.page.get_by_role("button", name=f"{amount} {currency}").click()
    echo.expect_message(f'"SUM":"{written}"')
    assert echo.message()["BX_SYSTEM_PARAMS"]["CURRENCY"] == currency


def test_a_wrong_amount_is_refused_in_words_and_another_buyer_is_sent(echo: StudioPage) -> None:
    echo.control("amount").fill("free")
    echo.control("amount").press("Enter")
    expect(echo.page.get_by_role("alert")).to_have_text(
        "A number above zero is needed, such as 249.90."
    )
    echo.control("amount").fill("")
    echo.control("amount").press("Enter")
    echo.control("buyer").select_option(label="With HTML in the name")
    expect(echo.shop.get_by_text("<b>Ava</b>")).to_be_visible()


def test_of_two_changes_the_later_one_is_shown_however_late_the_first_is_answered(
    echo: StudioPage,
) -> None:
    held: list[Route] = []
    echo.page.route("**/studio/payment", lambda route: held.append(route))
    with echo.page.expect_request("**/studio/payment"):
        echo.control("currency").fill("EUR")
        echo.control("currency").press("Enter")
    echo.control("buyer").select_option(label="With HTML in the name")
    expect(echo.page.locator("#payment")).to_contain_text("USD")
    for route in reversed(held):
        with echo.page.expect_response("**/studio/payment"):
            route.continue_()
    echo.page.unroute("**/studio/payment")
    echo.expect_message('"CURRENCY":"EUR"')
    expect(echo.shop.get_by_text("<b>Ava</b>")).to_be_visible()


@pytest.mark.parametrize(
    ("theme", "colour"), [("dark", "237, 240, 245"), *slow(("brand", "58, 36, 23"))]
)
def test_the_style_is_that_of_the_theme_or_of_ones_own(
    echo: StudioPage, theme: str, colour: str
) -> None:
    echo.page.locator(f"label:has([name=theme][value={theme}])").click()
    echo.expect_message(colour)
    echo.control("text").fill("#123456")
    echo.expect_message(r"rgb\(18, 52, 86\)")
    echo.control("font").select_option("Verdana, sans-serif")
    echo.expect_message("Verdana")
    echo.page.get_by_role("button", name="as the theme has them").click()
    echo.expect_message(rf"rgb\({colour}\)")


def test_the_language_is_that_of_the_shop_and_in_its_address(echo: StudioPage) -> None:
    echo.control("language").select_option("ru")
    echo.expect_message("user_lang=ru")
    expect(echo.shop.locator("html")).to_have_attribute("lang", "ru")


def test_the_message_is_as_a_browser_or_portal_of_another_age_has_it(echo: StudioPage) -> None:
    assert echo.message()["named"] > 500
    echo.control("style").check()
    echo.expect_message('"named":0')
    echo.control("values").check()
    echo.expect_message('"SUM":100')
    system = echo.message()["BX_SYSTEM_PARAMS"]
    assert isinstance(system["PAYMENT_ID"], int)
    assert isinstance(system["PAYSYSTEM_ID"], int)
    echo.control("unknown").check()
    echo.expect_message("BX_NEW_KEY")
    echo.control("external").fill("ch_77")
    echo.control("external").press("Enter")
    echo.expect_message('"EXTERNAL_PAYMENT_ID":"ch_77"')


def test_others_speak_before_the_shop(echo: StudioPage) -> None:
    echo.control("noise").check()
    echo.expect_message('"strangers":\\[{')
    strangers = echo.got()["strangers"]
    echo.expect_message('"parent":false')  # a frame beside it
    assert strangers


def test_a_width_is_chosen_or_dragged(echo: StudioPage) -> None:
    for width in (320, 768):
        echo.page.get_by_role("button", name=f"{width}", exact=True).click()
        expect(echo.page.locator("#size")).to_contain_text(f"{width} ×")
        assert echo.shop_document.evaluate("innerWidth") == width
    echo.page.get_by_role("button", name="Free").click()
    before = echo.shop_document.evaluate("innerWidth")
    handle = echo.page.get_by_role("separator", name="Width of the window")
    box = handle.bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    echo.page.mouse.move(x, y)
    echo.page.mouse.down()
    echo.page.mouse.move(x - 60, y)
    echo.page.mouse.up()
    expect(echo.page.locator("#size")).to_contain_text(f"{before - 120} ×")
    handle.press("ArrowRight")
    expect(echo.page.locator("#size")).to_contain_text(f"{before - 112} ×")


def test_the_shop_posts_again_loads_the_frame_anew_and_has_a_new_payment(echo: StudioPage) -> None:
    echo.page.get_by_role("button", name="Post again").click()
    echo.expect_message(r'"messages":\[\{.*\},\{.*"named":\d+.*\}\]')
    assert len(echo.got()["messages"]) == 2

    echo.frame.locator("#got").evaluate("element => element.dataset.old = 'yes'")
    echo.page.get_by_role("button", name="Reload the frame").click()
    expect(echo.frame.locator("#got:not([data-old])")).to_contain_text("BX_SYSTEM_PARAMS")

    before = echo.message()["BX_SYSTEM_PARAMS"]["PAYMENT_ID"]
    echo.page.get_by_role("button", name="New payment").click()
    echo.expect_message(f'"PAYMENT_ID":"(?!{before}")')


def test_all_of_it_stands_in_the_address(echo: StudioPage) -> None:
    """A state can be sent to somebody else, who sees the same."""
    echo.page.get_by_role("button", name="38.750 KWD").click()
    echo.control("unknown").check()
    echo.page.get_by_role("button", name="360", exact=True).click()
    echo.expect_message("BX_NEW_KEY")
    address = echo.page.url
    echo.page.goto("about:blank")
    echo.page.goto(address)
    echo.expect_message('"CURRENCY":"KWD"')
    assert "BX_NEW_KEY" in echo.message()
    assert echo.shop_document.evaluate("innerWidth") == 360
    expect(echo.control("unknown")).to_be_checked()


@pytest.mark.parametrize(
    ("button", "fault"), [("Error 500, once", "error"), *slow(("Garbage, once", "garbage"))]
)
def test_the_gateway_fails_as_asked(studio: StudioPage, button: str, fault: str) -> None:
    studio.open()
    expect(studio.frame.get_by_role("button", name="Pay")).to_be_visible()
    studio.open_group("Payment service")
    studio.page.get_by_role("button", name=button).click()
    expect(studio.page.locator("#waiting-text")).to_have_text(f"{fault}: the next request")
    studio.page.get_by_role("button", name="Reload the frame").click()
    answer = "500" if fault == "error" else "200"
    expect(studio.row(f"POST /payments {answer}").first).to_be_visible()


def test_faults_are_cleared(studio: StudioPage) -> None:
    studio.open()
    studio.open_group("Portal")
    studio.page.locator("#portal-fault").select_option("QUERY_LIMIT_EXCEEDED")
    studio.page.get_by_role("button", name="Until cleared").click()
    expect(studio.page.locator("#waiting-text")).to_contain_text("QUERY_LIMIT_EXCEEDED")
    studio.page.get_by_role("button", name="Clear the faults").click()
    expect(studio.page.locator("#waiting")).to_be_hidden()


def test_a_test_card_is_copied(studio: StudioPage) -> None:
    studio.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    studio.open()
    studio.open_group("Payment service")
    studio.page.get_by_role("button", name="4000 0000 0000 3220").click()
    expect(studio.page.locator("#told")).to_have_text("4000 0000 0000 3220 is copied.")
    assert studio.page.evaluate("navigator.clipboard.readText()") == "4000000000003220"


def test_the_present_state_is_copied_as_a_test(echo: StudioPage) -> None:
    echo.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    echo.control("style").check()
    echo.page.get_by_role("button", name="38.750 KWD").click()
    echo.expect_message('"CURRENCY":"KWD"')
    echo.page.get_by_role("button", name="Copy as a test").click()
    expect(echo.page.locator("#told")).to_contain_text("The test is copied")
    copied = echo.page.evaluate("navigator.clipboard.readText()")
    assert '@pytest.mark.payframe(amount="38.750", currency="KWD", theme="light")' in copied
    assert "seller_page.withhold_style()" in copied
    compile(copied, "test_payment.py", "exec")


def test_messages_to_top_reach_the_shop(studio: StudioPage, pages: str) -> None:
    """In a shop alone `top` is the shop's page: what is posted there gives the frame its size."""
    studio.open(url=f"{pages}/posts-to-top.html")
    expect(studio.shop.locator("#rest-payment-frame")).to_have_css("height", "433px")
    expect(studio.row("Posted to `top`").first).to_be_visible()


def test_who_is_led_back_by_the_service_is_in_the_studio_again(
    studio: StudioPage, pages: str
) -> None:
    studio.open(url=f"{pages}/leads-back.html", unknown="1")
    studio.frame.get_by_role("button", name="Back to the shop").click()
    studio.page.wait_for_url("**/studio?**unknown=1**")
    expect(studio.shop.get_by_role("heading", name="Checkout")).to_be_visible()


def test_the_page_gets_the_same_as_without_the_studio(echo: StudioPage) -> None:
    """Of the workbench nothing is seen but that the shop's page is itself in a frame."""
    with_studio = echo.got()
    alone = echo.page.context.new_page()
    width = echo.shop_document.evaluate("innerWidth")
    alone.set_viewport_size({"width": width, "height": 900})
    alone.goto(echo.page.locator("#alone").evaluate("link => link.href"))
    frame = alone.frame_locator("iframe#rest-payment-frame")
    expect(frame.locator("#got")).to_contain_text("BX_SYSTEM_PARAMS")
    without = json.loads(frame.locator("#got").text_content() or "")
    assert without == with_studio
    assert without["window"]["popup"] == "refused"
