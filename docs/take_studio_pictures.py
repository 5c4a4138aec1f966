"""Takes the studio's pictures: `make docs`."""

import tempfile
from pathlib import Path
from urllib.parse import urlencode

from payframe.harness.browser.chromium import open_chromium
from payframe.harness.check.stage import DRAWN
from payframe.widget.build import build
from playwright.sync_api import Browser, Page, expect

from docs.take_pictures import keep
from tests.check.zoo import zoo
from tests.e2e.demo import Demo
from tests.studio.own_pages import docs_page, php_page

WINDOW = {"width": 1280, "height": 800}
expect.set_options(timeout=30_000)
CHECKED = 120_000
"""Milliseconds in which a check has ended."""


def take(browser: Browser, seller: str, animals: str, folder: Path) -> None:
    def studio(scheme: str = "light", row: str = "has loaded", **state: str) -> Page:
        page = browser.new_page(
            viewport={**WINDOW}, color_scheme="dark" if scheme == "dark" else "light"
        )
        page.goto(f"{seller}/studio?{urlencode(state)}")
        expect(page.locator(".row", has_text=row).first).to_be_visible()
        return page

    widget = studio()
    widget.locator(".row", has_text="POST /payments 201").click()
    done(widget, "studio")

    looping = f"{animals}/sizing/growth-loop/bad-viewport.html"
    loop = studio(row="grows with every message", url=looping, width="360")
    loop.get_by_label("Who says it").select_option("marked")
    expect(loop.locator(".row", has_text="grows with every message").first).to_be_visible()
    loop.get_by_role("button", name="Pause").click()
    loop.locator(".row", has_text="grows with every message").first.click()
    done(loop, "studio-loop")

    vendor = studio(url=f"{animals}/vendor/iframe.html", theme="brand")
    done(vendor, "studio-vendor")

    plain = f"{animals}/good/plain.html"
    once = studio("dark", url=plain, beside="themes")
    once.set_viewport_size({"width": 1480, "height": 925})
    done(once, "studio-themes")

    with docs_page(folder) as url:
        done(studio(url=url, theme="dark"), "studio-own")
    with php_page() as url:
        done(studio(url=url, width="360"), "studio-php")

    found = studio("dark", url=f"{animals}/style/unreadable/bad-dark.html", theme="dark")
    found.get_by_role("button", name="Check now").click()
    expect(found.locator("#check-state")).to_contain_text("finding", timeout=CHECKED)
    done(found, "studio-findings")


def done(page: Page, name: str) -> None:
    for frame in page.frames:
        frame.evaluate(DRAWN)
    keep(page.screenshot(animations="disabled"), name)
    page.close()


def main() -> None:
    build()
    with tempfile.TemporaryDirectory() as folder, open_chromium() as browser, zoo() as animals:
        demo = Demo.start(Path(folder) / "harness.db", "--no-build")
        take(browser, demo.addresses.seller, animals, Path(folder))
        demo.stop()


if __name__ == "__main__":
    main()
