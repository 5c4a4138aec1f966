"""The timeline, by what was really said and done."""

import json
import re
from pathlib import Path
from urllib.parse import urlencode

import pytest
from playwright.sync_api import expect

from tests.e2e.demo import Demo
from tests.slow import slow
from tests.studio.studio_page import StudioPage

ROWS = 10_000


def test_messages_both_ways_and_what_came_of_them(echo: StudioPage) -> None:
    expect(echo.row("Frame for")).to_be_visible()
    expect(echo.row("The frame has loaded")).to_be_visible()
    expect(echo.row("height 420")).to_be_visible()
    expect(echo.row("× 420")).to_be_visible()
    echo.row("100 USD, with serviceid").click()
    detail = echo.page.get_by_role("article", name="The row")
    shown = json.loads(detail.locator("pre").first.text_content() or "")
    assert shown["BX_SYSTEM_PARAMS"] == echo.message()["BX_SYSTEM_PARAMS"]
    detail.get_by_text("BX_COMPUTED_STYLE:").click()
    expect(detail.locator("pre").last).to_contain_text('"fontFamily"')


def test_calls_of_gateway_and_portal_are_rows_and_copied_as_curl(studio: StudioPage) -> None:
    studio.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    studio.open(amount="12.00")
    expect(studio.row("sale.payment.get 200")).to_be_visible()
    studio.row("POST /payments 201").click()
    studio.page.get_by_role("button", name="Copy as curl").click()
    expect(studio.page.get_by_role("button", name="Copied")).to_be_visible()
    copied = studio.page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("curl ")
    assert copied.endswith("/gateway/payments'")


def test_no_card_is_told(studio: StudioPage, demo: Demo) -> None:
    studio.open(amount="77.10")
    fields = {
        "Card number": "4242424242424242",
        "Expiry date": "12 / 39",
        "Security code": "987",
        "Name on card": "Ava Thompson",
    }
    for label, value in fields.items():
        studio.frame.get_by_label(label).fill(value)
    studio.frame.get_by_role("button", name="Pay ").press("Enter")
    studio.filter("attempts 20")
    studio.row("attempts").click()
    detail = studio.page.get_by_role("article", name="The row")
    expect(detail).to_contain_text("•••")
    expect(detail).not_to_contain_text("4242424242424242")
    expect(detail).not_to_contain_text('"987"')
    expect(studio.page.locator("#payment")).to_contain_text("paid")
    assert demo.log.count("4242424242424242") == 0


def test_the_platforms_call_in_checkout_mode(studio: StudioPage) -> None:
    studio.open(handler="sandboxcheckout", amount="58.00", currency="EUR")
    row = studio.row("/gateway/checkout 200").filter(has_text="platform")
    row.click()
    detail = studio.page.get_by_role("article", name="The row")
    expect(detail).to_contain_text("BX_SYSTEM_PARAMS%5BSUM%5D=58")
    expect(detail).to_contain_text("PAYMENT_URL")


def test_the_form_that_is_sent_and_is_not_checked_as_a_page_in_the_frame(
    studio: StudioPage,
) -> None:
    studio.open(handler="sandboxform")
    studio.page.get_by_role("button", name="Check now").click()
    expect(studio.page.locator("#told")).to_contain_text("payframe check --mode form URL")
    expect(studio.page.get_by_text("Not checked yet.")).to_be_visible()
    studio.shop.get_by_label("Phone number").fill("+1 555 0100")
    studio.shop.get_by_role("button", name="Pay", exact=True).click()
    studio.row("POST").filter(has_text="/gateway/form").first.click()
    expect(studio.page.get_by_role("article", name="The row")).to_contain_text("phone=%2B1+555")


@pytest.mark.parametrize(
    ("animal", "mark"),
    [
        ("sizing/pinned-width/bad-constant.html", "A width pins the frame"),
        ("sizing/no-size/bad.html", "it listens too late, or not at all"),
        *slow(("sizing/growth-loop/bad-viewport.html", "The height grows with every message")),
    ],
)
def test_what_is_wrong_is_marked(studio: StudioPage, animals: str, animal: str, mark: str) -> None:
    """Without reading code one sees the cause, and what the platform does."""
    studio.open(url=f"{animals}/{animal}")
    # Whoever measures the window does so now, if they have not been heard before.
    studio.page.get_by_role("button", name="360", exact=True).click()
    studio.page.get_by_label("Who says it").select_option("marked")
    expect(studio.row(mark).first).to_be_visible()
    studio.page.get_by_role("button", name="Pause").click()
    studio.row(mark).first.click()
    link = studio.page.get_by_role("link", name="What the platform does")
    name = (link.get_attribute("href") or "").partition("#")[2]
    with studio.page.context.expect_page() as opened:
        link.click()
    expect(opened.value.locator(f"section#{name} h2")).to_be_in_viewport()


FOUND_BY_THE_CHECK = {
    "handshake/late-listener/bad-after-load.html": "handshake/late-listener",
    "handshake/first-message-used-up/bad-anyone.html": "handshake/first-message-used-up",
    "style/unreadable/bad-dark.html": "style/unreadable",
}


@pytest.mark.parametrize(
    "animal",
    [
        pytest.param(animal, marks=() if "unreadable" in animal else pytest.mark.slow)
        for animal in FOUND_BY_THE_CHECK
    ],
)
def test_what_no_message_shows_is_found_by_the_check(
    studio: StudioPage, animals: str, animal: str
) -> None:
    """Beside the frame, with its picture, and as a marked row."""
    studio.open(url=f"{animals}/{animal}")
    studio.page.get_by_role("button", name="Check now").click()
    card = studio.page.locator("#finding-list li").filter(has_text=FOUND_BY_THE_CHECK[animal]).first
    expect(card).to_be_visible(timeout=120_000)
    expect(studio.page.locator(".row.error, .row.warning").first).to_be_visible()
    if FOUND_BY_THE_CHECK[animal].startswith("style"):
        expect(card.get_by_role("img").first).to_have_js_property("complete", True)
        assert card.get_by_role("img").first.evaluate("image => image.naturalWidth") > 100


def test_a_good_page_is_not_marked(studio: StudioPage, animals: str) -> None:
    studio.page.clock.install()
    studio.open(url=f"{animals}/good/plain.html")
    expect(studio.rows.filter(has_text="height").first).to_be_visible()
    studio.let_pass(seconds=60)
    expect(studio.page.locator(".row.warning, .row.error")).to_have_count(0)


def test_a_page_that_does_not_answer_is_marked(studio: StudioPage) -> None:
    studio.page.clock.install()
    studio.page.route("**/silent", lambda route: route.fulfill(body="<!doctype html>"))
    studio.open(url="http://127.0.0.1:9/silent")
    expect(studio.row("The frame has loaded")).to_be_visible()
    studio.let_pass(seconds=60)
    expect(studio.row("has posted no size")).to_be_visible()


def test_a_message_to_nobody_is_marked(echo: StudioPage) -> None:
    echo.frame.locator("body").evaluate("() => parent.postMessage({ state: 'ready' }, '*')")
    expect(echo.row("this is said to nobody")).to_be_visible()


def test_rows_are_filtered_by_words_and_by_who_says_them_and_cleared(echo: StudioPage) -> None:
    echo.filter("allow-forms")
    expect(echo.rows).to_have_count(1)
    echo.filter("")
    echo.page.get_by_label("Who says it").select_option("frame")
    expect(echo.row("100 USD")).to_have_count(0)
    echo.filter("nowhere")
    expect(echo.page.get_by_text("No row passes the filter.")).to_be_visible()
    echo.filter("")
    expect(echo.row("height 420")).to_be_visible()
    echo.page.get_by_role("button", name="Clear", exact=True).click()
    expect(echo.rows).to_have_count(0)


def test_nothing_is_added_while_it_pauses(echo: StudioPage) -> None:
    echo.page.get_by_role("button", name="Pause").click()
    before = echo.page.locator("#count").text_content() or ""
    echo.page.get_by_role("button", name="Post again").click()
    expect(echo.page.locator("#count")).to_have_text(re.compile(rf"^{before}, \d+ since the pause"))
    echo.page.get_by_role("button", name="Go on").click()
    echo.page.get_by_role("button", name="Post again").click()
    expect(echo.row("100 USD")).to_have_count(2)


def test_it_is_kept_as_a_har_and_opened_again(studio: StudioPage, tmp_path: Path) -> None:
    studio.open(amount="31.00")
    expect(studio.row("POST /payments 201")).to_be_visible()
    with studio.page.expect_download() as saved:
        studio.page.get_by_role("button", name="Save").click()
    file = tmp_path / saved.value.suggested_filename
    saved.value.save_as(file)
    log = json.loads(file.read_text())["log"]
    assert any(entry["request"]["url"].endswith("/gateway/payments") for entry in log["entries"])
    studio.page.get_by_role("button", name="Clear", exact=True).click()
    studio.page.locator("#open-file").set_input_files(file)
    expect(studio.row("POST /payments 201")).to_be_visible()
    expect(studio.page.get_by_role("button", name="Go on")).to_be_visible()


def test_a_file_of_ten_thousand_rows_is_few_elements_and_another_is_refused_in_words(
    echo: StudioPage, tmp_path: Path
) -> None:
    """So that they scroll as ten do; the last one is reached by the keyboard."""
    other = tmp_path / "other.har"
    other.write_text('{"log": {"entries": []}}')
    echo.page.locator("#open-file").set_input_files(other)
    expect(echo.page.locator("#told")).to_contain_text("This file has no rows of a studio.")
    rows = [
        {"source": "frame", "kind": "size", "title": f"height {number}", "time": number / 100}
        for number in range(ROWS)
    ]
    file = tmp_path / "many.har"
    file.write_text(json.dumps({"log": {"_payframe": {"rows": rows}}}))
    echo.page.locator("#open-file").set_input_files(file)
    expect(echo.page.locator("#count")).to_have_text("10,000")
    assert echo.rows.count() < 100
    echo.page.get_by_role("listbox", name="Rows").press("End")
    expect(echo.row(f"height {ROWS - 1}")).to_have_attribute("aria-selected", "true")


def test_the_values_say_where_they_come_from_and_are_those_of_the_payment_that_is_shown(
    studio: StudioPage,
) -> None:
    studio.open()
    studio.page.get_by_role("tab", name="Values").click()
    table = studio.page.get_by_role("tabpanel", name="Values")
    expect(table.get_by_role("row").filter(has_text="4411")).to_contain_text("serviceid")
    studio.control("amount").fill("61.25")
    studio.control("amount").press("Enter")
    expect(table).to_contain_text('"SUM": "61.25"')
    studio.page.get_by_role("tab", name="Timeline").click()
    expect(studio.row("The frame has loaded").first).to_be_visible()


def test_the_link_on_a_payment_page_opens_it_in_the_studio(studio: StudioPage, demo: Demo) -> None:
    payment = demo.new_payment("41.00")
    studio.page.goto(f"{studio.seller}/payments/{payment}?{urlencode({'theme': 'dark'})}")
    studio.page.get_by_role("link", name="Open in the studio").click()
    expect(studio.page.locator("#payment")).to_contain_text("41.00 USD")
    expect(studio.shop.locator("html.dark")).to_be_attached()
    expect(studio.shop.get_by_role("link", name="Open in the studio")).to_have_count(0)
