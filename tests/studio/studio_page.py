"""The studio as somebody uses it who writes a payment page."""

import json
import re
from typing import Any
from urllib.parse import urlencode

from playwright.sync_api import Frame, FrameLocator, Locator, Page, expect

FRAME = "iframe#rest-payment-frame"


class StudioPage:
    def __init__(self, page: Page, seller: str) -> None:
        self.page = page
        self.seller = seller
        self.errors: list[str] = []
        page.on("pageerror", lambda error: self.errors.append(str(error)))

    def open(self, **state: str) -> None:
        self.page.goto(f"{self.seller}/studio?{urlencode(state)}")
        expect(self.page.locator("#payment")).to_contain_text("Order")
        expect(self.page.locator(".pane").first).to_be_attached()  # with the others, all at once

    @property
    def shop(self) -> FrameLocator:
        return self.page.frame_locator(".pane iframe")

    @property
    def frame(self) -> FrameLocator:
        return self.shop.frame_locator(FRAME)

    @property
    def shop_document(self) -> Frame:
        found = self.page.locator(".pane iframe").element_handle().content_frame()
        assert found
        return found

    def control(self, name: str) -> Locator:
        return self.page.locator(f"[name='{name}']")

    def open_group(self, name: str) -> None:
        group = self.page.locator("details", has=self.page.locator("summary", has_text=name))
        if group.get_attribute("open") is None:
            group.locator("summary").click()

    def got(self) -> dict[str, Any]:
        """What the echo page has got, once that is a message."""
        expect(self.frame.locator("#got")).to_contain_text("BX_SYSTEM_PARAMS")
        text = self.frame.locator("#got").text_content()
        got: dict[str, Any] = json.loads(text or "")
        return got

    def got_in_all(self) -> None:
        """Until every window has its message."""
        for pane in self.page.locator(".pane").all():
            got = pane.frame_locator("iframe").frame_locator(FRAME).locator("#got")
            expect(got).to_contain_text("BX_SYSTEM_PARAMS")

    def message(self) -> dict[str, Any]:
        """The last message that the echo page has got."""
        message: dict[str, Any] = self.got()["messages"][-1]
        return message

    def expect_message(self, pattern: str) -> None:
        """The echo page gets a message that has this in its JSON."""
        expect(self.frame.locator("#got")).to_contain_text(re.compile(pattern))

    @property
    def rows(self) -> Locator:
        """Those that are drawn."""
        return self.page.get_by_role("listbox", name="Rows").get_by_role("option")

    def row(self, text: str) -> Locator:
        return self.rows.filter(has_text=text)

    def let_pass(self, seconds: int) -> None:
        """On the page's clock, which must be installed."""
        self.page.clock.fast_forward(seconds * 1000)

    def filter(self, text: str) -> None:
        self.page.get_by_label("Filter the rows").fill(text)
