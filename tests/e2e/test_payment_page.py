"""Outside the shop: a buyer in form or checkout mode pays in the page's own fields."""

from collections.abc import Iterator

import pytest
from payframe.harness.init.project import PROVIDERS, write_project
from playwright.sync_api import Page, expect

from payframe.testing import Mode, shop_page
from tests.e2e.demo import Demo
from tests.e2e.test_accessibility import expect_clean
from tests.e2e.widget_page import PageOutside
from tests.slow import slow

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
def outside(page: Page, server: Demo) -> Iterator[PageOutside]:
    """Its pages must not print an error to the console."""
    errors: list[str] = []
    page.on("console", lambda told: errors.append(told.text) if told.type == "error" else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield PageOutside(page, server.addresses.seller)
    assert errors == []


def leave_the_shop(outside: PageOutside, server: Demo, mode: Mode) -> None:
    action_uri = f"{server.addresses.gateway}/{mode}"
    outside.page.goto(shop_page(server, action_uri, mode=mode, fields=FIELDS[mode]))
    outside.page.locator(".main").click()
    expect(outside.pay_button).to_be_visible()


@pytest.mark.parametrize("number", [*slow(0, 1), 2])
def test_the_demo_has_a_payment_to_begin_with_in_each_mode(
    outside: PageOutside, server: Demo, number: int
) -> None:
    payment = [each for each in server.ready["payments"] if not each["paid"]][number]
    outside.page.goto(payment["url"])
    if number < 2:  # checkout and form; the third is the page in the shop's frame
        outside.page.locator(".main").click()
    outside.pay()
    outside.expect_paid()
    assert server.is_paid(payment["id"])


@MODES
def test_a_card_pays_and_the_buyer_comes_back(
    outside: PageOutside, server: Demo, mode: Mode
) -> None:
    leave_the_shop(outside, server, mode)
    outside.pay()
    outside.expect_paid()
    assert outside.page.url.startswith(server.addresses.seller)


def test_a_declined_card_says_why_and_another_one_pays(outside: PageOutside, server: Demo) -> None:
    leave_the_shop(outside, server, "checkout")
    outside.pay("4000 0000 0000 9995")
    expect(outside.alert).to_contain_text("There is not enough money on this card.")
    outside.pay()
    outside.expect_paid()


def test_who_does_not_pay_returns_to_the_shop(outside: PageOutside, server: Demo) -> None:
    leave_the_shop(outside, server, "form")
    outside.page.get_by_role("link", name="Return to the shop").click()
    expect(outside.page.get_by_role("heading", name="Checkout")).to_be_visible()


@pytest.mark.parametrize("width", [320, *slow(1024)])
def test_nothing_is_cut_off_and_axe_finds_nothing(
    outside: PageOutside, server: Demo, width: int
) -> None:
    outside.page.set_viewport_size({"width": width, "height": 800})
    leave_the_shop(outside, server, "checkout")
    expect_clean(outside.page.main_frame)
    assert outside.page.evaluate("document.documentElement.scrollWidth") == width
    frame = outside.page.main_frame.child_frames[0]
    outside.page.wait_for_function(
        "height => document.querySelector('iframe').clientHeight >= height",
        arg=frame.evaluate("document.documentElement.scrollHeight"),
    )


def test_a_bank_may_ask_in_the_frame(outside: PageOutside, server: Demo) -> None:
    """On a site of its own, as a provider's Redirect with in_frame has it."""
    leave_the_shop(outside, server, "checkout")
    bank = f"{server.addresses.seller}/static/back.js"
    outside.navigate(f"location.href = '{bank}'")
    assert outside.page.main_frame.child_frames[0].url == bank


def test_what_others_post_changes_nothing(outside: PageOutside, server: Demo) -> None:
    leave_the_shop(outside, server, "checkout")
    outside.page.wait_for_function("document.querySelector('iframe').style.height")
    heard = """new Promise((done) => {
      addEventListener("message", ({ data }) => data.height === 7 && done());
      postMessage({ height: 7 }, "*");
    })"""
    outside.page.evaluate(heard)
    assert outside.page.locator("iframe").evaluate("(frame) => frame.style.height") != "7px"
