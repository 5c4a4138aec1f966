"""The studio as a page: for everybody, by keyboard alone, on a phone; and what is opened in it."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.demo import Demo
from tests.harness.support import wait_for
from tests.slow import slow
from tests.studio.own_pages import docs_page, php_page
from tests.studio.studio_page import StudioPage

AXE = Path("node_modules/axe-core/axe.min.js").read_text()


@pytest.mark.parametrize(
    ("scheme", "width"), [("dark", 900), *slow(("light", 900), ("light", 1440), ("dark", 1440))]
)
def test_axe_finds_nothing(studio: StudioPage, animals: str, scheme: str, width: int) -> None:
    studio.page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    studio.page.set_viewport_size({"width": width, "height": 900})
    studio.open(url=f"{animals}/sizing/pinned-width/bad-constant.html")
    for group in ("Browser", "Payment service", "Portal"):
        studio.open_group(group)
    studio.page.get_by_label("Who says it").select_option("marked")
    studio.row("A width pins the frame").first.click()
    assert violations(studio.page) == []
    studio.page.get_by_role("tab", name="Values").click()
    expect(studio.page.get_by_role("tabpanel", name="Values")).to_be_visible()
    assert violations(studio.page) == []


def violations(page: Page) -> list[str]:
    """Of the studio's own document: what is in the shop's frame is the shop's."""
    page.evaluate(AXE)
    found = page.evaluate("() => axe.run(document, { iframes: false })")
    return [
        f"{each['id']}: {node['html'][:120]}"
        for each in found["violations"]
        for node in each["nodes"]
    ]


def test_the_facts_are_for_everybody(studio: StudioPage) -> None:
    studio.page.goto(f"{studio.seller}/studio/facts#growth-loop")
    assert violations(studio.page) == []


def test_it_is_used_by_keyboard_alone(echo: StudioPage) -> None:
    """From the address bar to another theme, a row and its whole content."""
    echo.page.keyboard.press("Tab")
    focused = "() => document.activeElement.id || document.activeElement.name"
    reached = set()
    for _ in range(90):
        reached.add(echo.page.evaluate(focused))
        echo.page.keyboard.press("Tab")
    assert {"reload", "url", "amount", "theme", "noise", "filter", "rows"} <= reached
    echo.control("theme").first.focus()
    echo.page.keyboard.press("ArrowRight")
    echo.expect_message("237, 240, 245")
    echo.page.get_by_role("listbox", name="Rows").focus()
    echo.page.keyboard.press("Home")
    expect(echo.row("The shop’s page opens").first).to_have_attribute("aria-selected", "true")
    expect(echo.page.get_by_role("article", name="The row")).to_be_visible()


def test_the_timeline_is_made_higher_by_keyboard(echo: StudioPage) -> None:
    splitter = echo.page.get_by_role("separator", name="Height of the timeline")
    dock = echo.page.locator("#dock")
    before = dock.bounding_box()
    splitter.press("ArrowUp")
    after = dock.bounding_box()
    assert before
    assert after
    assert after["height"] == pytest.approx(before["height"] + 24, abs=1)


@pytest.mark.parametrize("width", [900, *slow(1024, 1440)])
def test_nothing_goes_beyond_the_window(echo: StudioPage, width: int) -> None:
    echo.page.set_viewport_size({"width": width, "height": 800})
    wide = "() => document.documentElement.scrollWidth - innerWidth"
    assert echo.page.evaluate(wide) <= 0


def test_on_a_phone_it_is_the_shop_alone(studio: StudioPage, pages: str) -> None:
    studio.page.set_viewport_size({"width": 375, "height": 740})
    studio.page.goto(f"{studio.seller}/studio?url={pages}/echo.html")
    studio.got()
    expect(studio.page.locator("#controls, #dock, #findings, .actions")).to_have_count(4)
    for part in studio.page.locator("#controls, #dock, #findings, .actions").all():
        expect(part).to_be_hidden()
    assert studio.shop_document.evaluate("innerWidth") == 375


def test_two_pages_stand_side_by_side(studio: StudioPage, pages: str) -> None:
    studio.open(
        url=f"{pages}/echo.html", before=f"{pages}/leads-back.html", beside="pages", width="400"
    )
    panes = studio.page.locator(".pane")
    expect(panes.get_by_role("heading")).to_have_text(["before", "now"])
    frame = "iframe#rest-payment-frame"
    before = panes.nth(0).frame_locator("iframe").frame_locator(frame)
    now = panes.nth(1).frame_locator("iframe").frame_locator(frame)
    expect(before.get_by_role("button", name="Back to the shop")).to_be_visible()
    expect(now.locator("#got")).to_contain_text("BX_SYSTEM_PARAMS")
    expect(studio.row("· now").first).to_be_visible()


def test_two_pages_are_compared_as_snapshots_are(studio: StudioPage, animals: str) -> None:
    same = f"{animals}/good/plain.html"
    studio.open(url=same, before=f"{animals}/good/logo.html", beside="pages", width="400")
    studio.page.get_by_role("button", name="Compare").click()
    difference = studio.page.locator(".difference")
    expect(difference).to_contain_text("Before and now differ")
    assert difference.get_by_role("img").evaluate("image => image.decode()") is None
    studio.open(url=same, before=same, beside="pages", width="400")
    studio.page.get_by_role("button", name="Compare").click()
    expect(studio.page.locator("#told")).to_have_text("The two look the same.")


def test_windows_side_by_side_scroll_together(studio: StudioPage, pages: str) -> None:
    studio.open(url=f"{pages}/echo.html", beside="themes")
    studio.got_in_all()
    shops = [each.content_frame() for each in studio.page.locator(".pane iframe").element_handles()]
    first, *others = [each for each in shops if each]
    studio.page.locator(".pane iframe").first.hover()
    wait_for(lambda: all(shop.evaluate("scrollY") > 0 for shop in others))  # the frame is in sight
    first.evaluate("scrollTo(0, 0)")
    wait_for(lambda: all(shop.evaluate("scrollY") == 0 for shop in others))


@pytest.mark.parametrize("animal", ["vendor/iframe.html", *slow("good/once.html")])
def test_pages_of_all_kinds_are_opened(studio: StudioPage, animals: str, animal: str) -> None:
    studio.open(url=f"{animals}/{animal}")
    expect(studio.row("The frame has loaded").first).to_be_visible()
    expect(studio.row("100 USD").first).to_be_visible()


def test_the_page_of_the_docs_is_opened(studio: StudioPage, tmp_path: Path) -> None:
    with docs_page(tmp_path) as url:
        studio.open(url=url, amount="38.750", currency="KWD")
        expect(studio.frame.get_by_text("38.75 KWD")).to_be_visible()


@pytest.mark.timeout(600)  # PHP may be installed first
def test_a_page_of_php_is_opened(studio: StudioPage) -> None:
    with php_page() as url:
        studio.open(url=url)
        expect(studio.frame.get_by_role("heading", name="Köln & Söhne")).to_be_visible()
        expect(studio.row("height").first).to_be_visible()


def test_the_widget_is_paid_in_it(studio: StudioPage, demo: Demo) -> None:
    studio.open(amount="64.00")
    for label, value in {
        "Card number": "4242424242424242",
        "Expiry date": "12 / 30",
        "Security code": "123",
        "Name on card": "Ava Thompson",
    }.items():
        studio.frame.get_by_label(label).fill(value)
    studio.frame.get_by_role("button", name="Pay ").press("Enter")
    expect(studio.shop.get_by_role("heading", name="is paid")).to_be_visible()
    expect(studio.page.locator("#payment")).to_contain_text("64.00 USD")
    expect(studio.page.locator("#payment")).to_contain_text("paid")
    assert demo
