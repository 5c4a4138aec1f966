"""Takes the README's pictures from the running demo: `make docs`."""

import io
import tempfile
from pathlib import Path

from payframe.harness.browser.chromium import open_chromium
from payframe.harness.check.stage import DRAWN
from payframe.harness.init.project import PROVIDERS, write_project
from payframe.widget.build import build
from PIL import Image
from playwright.sync_api import Browser, Locator, expect

from tests.e2e.demo import Demo
from tests.e2e.states import choose, enter, submit
from tests.e2e.widget_page import CHALLENGED, DECLINED, SUCCESS, WidgetPage

PICTURES = Path(__file__).parent / "pictures"
DESKTOP, PHONE, SMALL = (1080, 760), (380, 900), (940, 480)
THEMES = ("light", "dark", "brand")
COLOURS = 96


def take(browser: Browser, demo: Demo) -> None:
    def shop(size: tuple[int, int], theme: str, payment: int, locale: str = "en-US") -> WidgetPage:
        page = browser.new_page(
            viewport={"width": size[0], "height": size[1]}, device_scale_factor=2, locale=locale
        )
        visited = WidgetPage(page, demo.addresses.seller)
        visited.open(payment, theme)
        visited.expect_state("ready")
        return visited

    paying = shop(DESKTOP, "light", 1)
    paying.fill_card(SUCCESS)
    save(paying, "paying")

    dark = shop(PHONE, "dark", 4)
    dark.pay(DECLINED)
    dark.expect_state("failed")
    save(dark, "declined-dark-phone")

    brand = shop(PHONE, "brand", 2)
    brand.fill_card("5555 5555 5555 4444")
    save(brand, "branded-phone")

    challenge = shop(PHONE, "light", 3)
    challenge.pay(CHALLENGED)
    heading = challenge.frame.get_by_role("heading", name="Confirm this payment")
    expect(heading).to_be_visible()
    expect(challenge.iframe).to_have_css("height", height_of(challenge.frame.locator("main")))
    save(challenge, "challenge-phone")

    for method, theme, payment in (("qr", "light", 5), ("transfer", "dark", 6)):
        asked = shop(PHONE, theme, payment)
        choose(asked, method)
        submit(asked)
        asked.expect_state("action_required")
        expect(asked.iframe).to_have_css("height", height_of(asked.frame.locator("main")))
        save(asked, f"{method}-{theme}-phone")

    for locale, theme, payment in (("ar", "light", 7), ("ja", "brand", 8)):
        abroad = shop(PHONE, theme, payment, locale)
        enter(abroad, SUCCESS)
        save(abroad, f"{locale}-{theme}-phone")


def take_modes(browser: Browser, demo: Demo) -> None:
    """Each mode in each theme."""

    def visit(query: str, payment: int, size: tuple[int, int] = SMALL) -> WidgetPage:
        page = browser.new_page(viewport={"width": size[0], "height": size[1]})
        page.goto(f"{demo.addresses.seller}/payments/{payment}?{query}")
        return WidgetPage(page, demo.addresses.seller)

    for theme in THEMES:
        for mode, payment in (("iframe", 1), ("form", 13), ("checkout", 14)):
            shop = visit(f"theme={theme}", payment)
            match mode:
                case "iframe":
                    shop.expect_state("ready")
                    content = shop.frame.locator("main")
                    expect(shop.iframe).to_have_css("height", height_of(content))
                case "form":
                    shop.page.get_by_label("Phone number").fill("+1 555 0100")
                    shop.page.get_by_label("Phone number").blur()
                case _:
                    expect(shop.page.locator("svg.qr")).to_be_visible()
            save(shop, f"{mode}-{theme}")


def take_outside(browser: Browser, folder: Path) -> None:
    """The page outside the shop, of a project whose service has none of its own."""
    list(write_project(PROVIDERS["own"], folder, ["checkout"], ["EUR"]))
    options = ("--config", f"{folder}/payframe.toml", "--out", f"{folder}/dist")
    demo = Demo.start(folder / "harness.db", *options)
    page = browser.new_page(viewport={"width": SMALL[0], "height": SMALL[1]})
    page.goto(demo.ready["payments"][0]["url"])
    page.get_by_role("link", name="Pay", exact=True).click()
    frame = page.locator("iframe")
    expect(page.frame_locator("iframe").get_by_label("Card number")).to_be_visible()
    expect(frame).to_have_css("height", height_of(page.frame_locator("iframe").locator("main")))
    save(WidgetPage(page, demo.addresses.seller), "outside")
    demo.stop()


def save(visited: WidgetPage, name: str) -> None:
    """In a window as high as the page: what of a frame is out of sight is not drawn."""
    page = visited.page
    width, height = page.evaluate("[innerWidth, document.documentElement.scrollHeight]")
    page.set_viewport_size({"width": width, "height": height})
    for frame in page.frames:
        frame.evaluate(DRAWN)
    keep(page.screenshot(animations="disabled"), name)
    page.close()


def keep(png: bytes, name: str) -> None:
    """With a palette: a third of the bytes, and no eye sees it."""
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    few = picture.quantize(COLOURS, dither=Image.Dither.NONE)
    few.save(PICTURES / f"{name}.png", optimize=True)


def height_of(content: Locator) -> str:
    height: str = content.evaluate(
        "(main) => `${Math.ceil(main.getBoundingClientRect().height)}px`"
    )
    return height


def main() -> None:
    build()
    with tempfile.TemporaryDirectory() as folder, open_chromium() as browser:
        demo = Demo.start(Path(folder) / "harness.db", "--no-build")
        take(browser, demo)
        take_modes(browser, demo)
        demo.stop()
        take_outside(browser, Path(folder) / "project")


if __name__ == "__main__":
    main()
