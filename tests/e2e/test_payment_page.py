"""Outside the shop: a buyer in form or checkout mode pays in the page's own fields."""

import re
from collections.abc import Iterator

import pytest
from payframe.harness.init.project import PROVIDERS, write_project
from playwright.sync_api import Locator, Page, expect

from payframe.testing import Mode, shop_page
from tests.e2e.demo import Demo
from tests.e2e.test_accessibility import expect_clean

FIELDS: dict[Mode, dict[str, str]] = {
    "checkout": {},
    "form": {"paymentId": "PAYMENT.ACCOUNT_NUMBER"},
}
MODES = pytest.mark.parametrize("mode", FIELDS)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """The demo of a project with a service in one file, whose page names the shops that show it."""
    folder = tmp_path_factory.mktemp("project")
    list(write_project(PROVIDERS["own"], folder, ["checkout", "form", "iframe"], ["USD", "EUR"]))
    options = "--config", f"{folder}/payframe.toml", "--out", f"{folder}/dist"
    demo = Demo.start(folder / "harness.db", *options)
    yield demo
    assert demo.stop() == 0


@pytest.fixture
def go(page: Page) -> Iterator[Page]:
    """Its pages must not print an error to the console."""
    errors: list[str] = []
    page.on("console", lambda told: errors.append(told.text) if told.type == "error" else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    assert errors == []


def leave_the_shop(page: Page, server: Demo, mode: Mode) -> None:
    action_uri = f"{server.addresses.gateway}/{mode}"
    page.goto(shop_page(server, action_uri, mode=mode, fields=FIELDS[mode]))
    page.locator(".main").click()
    expect(pay_button(page)).to_be_visible()


def pay_button(page: Page) -> Locator:
    return page.frame_locator("iframe").get_by_role("button", name=re.compile("^Pay "))


def pay(page: Page, number: str) -> None:
    fields = {
        "Card number": number,
        "Expiry date": "12 / 40",
        "Security code": "123",
        "Name on card": "Ava Thompson",
    }
    for label, value in fields.items():
        page.frame_locator("iframe").get_by_label(label).fill(value)
    pay_button(page).press("Enter")


@pytest.mark.parametrize("number", [0, 1, 2])
def test_the_demo_has_a_payment_to_begin_with_in_each_mode(
    go: Page, server: Demo, number: int
) -> None:
    payment = [each for each in server.ready["payments"] if not each["paid"]][number]
    go.goto(payment["url"])
    if number < 2:  # checkout and form; the third is the page in the shop's frame
        go.locator(".main").click()
    pay(go, "4242 4242 4242 4242")
    expect(go.get_by_role("heading", name="is paid")).to_be_visible(timeout=15_000)
    assert server.is_paid(payment["id"])


@MODES
def test_a_card_pays_and_the_buyer_comes_back(go: Page, server: Demo, mode: Mode) -> None:
    leave_the_shop(go, server, mode)
    pay(go, "4242 4242 4242 4242")
    expect(go.get_by_role("heading", name="is paid")).to_be_visible(timeout=15_000)
    assert go.url.startswith(server.addresses.seller)


def test_a_declined_card_says_why_and_another_one_pays(go: Page, server: Demo) -> None:
    leave_the_shop(go, server, "checkout")
    pay(go, "4000 0000 0000 9995")
    told = go.frame_locator("iframe").get_by_role("alert")
    expect(told).to_contain_text("There is not enough money on this card.")
    pay(go, "4242 4242 4242 4242")
    expect(go.get_by_role("heading", name="is paid")).to_be_visible(timeout=15_000)


def test_who_does_not_pay_returns_to_the_shop(go: Page, server: Demo) -> None:
    leave_the_shop(go, server, "form")
    go.get_by_role("link", name="Return to the shop").click()
    expect(go.get_by_role("heading", name="Checkout")).to_be_visible()


@pytest.mark.parametrize("width", [320, 1024])
def test_nothing_is_cut_off_and_axe_finds_nothing(go: Page, server: Demo, width: int) -> None:
    go.set_viewport_size({"width": width, "height": 800})
    leave_the_shop(go, server, "checkout")
    expect_clean(go.main_frame)
    assert go.evaluate("document.documentElement.scrollWidth") == width
    frame = go.main_frame.child_frames[0]
    go.wait_for_function(
        "height => document.querySelector('iframe').clientHeight >= height",
        arg=frame.evaluate("document.documentElement.scrollHeight"),
    )


def test_a_bank_may_ask_in_the_frame(go: Page, server: Demo) -> None:
    """On a site of its own, as a provider's Redirect with in_frame has it."""
    leave_the_shop(go, server, "checkout")
    bank = f"{server.addresses.seller}/static/back.js"
    with go.expect_event("framenavigated", lambda frame: frame.url == bank):
        go.main_frame.child_frames[0].evaluate("(url) => { location.href = url; }", bank)


def test_what_others_post_changes_nothing(go: Page, server: Demo) -> None:
    leave_the_shop(go, server, "checkout")
    go.wait_for_function("document.querySelector('iframe').style.height")
    heard = """new Promise((done) => {
      addEventListener("message", ({ data }) => data.height === 7 && done());
      postMessage({ height: 7 }, "*");
    })"""
    go.evaluate(heard)
    assert go.locator("iframe").evaluate("(frame) => frame.style.height") != "7px"
