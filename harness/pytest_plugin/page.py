"""The page object that tests get: the shop's page for a payment, with the page under test in it."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any, Self

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Error, Locator, Page

from ..browser.comparison import THRESHOLD
from ..browser.seller_page import SellerPage
from ..check.target import Target
from ..check.tasks import UnreachableError
from ..check.visit import reach
from ..server.in_process import Running
from .marker import Marked
from .snapshots import Snapshots

LOAD_TIMEOUT = 10.0
"""Seconds that the page under test gets to load."""
STATUS = "performance.getEntriesByType('navigation')[0]?.responseStatus ?? 200"


class PaymentPage(SellerPage):
    """`action_uri` is the URL of the page under test, `output` the folder for what is kept of this
    test. `new_payment` makes one more payment that is shown with that page; its ID.

    `errors` are the errors and warnings that the browser has printed to its console, of the shop's
    page as of the page under test, and the exceptions that no script has caught.

    A subclass may know what is in the frame, as page objects do: see `payframe_page`.
    """

    def __init__(
        self, page: Page, server: Running, target: Target, marked: Marked, snapshots: Snapshots
    ) -> None:
        super().__init__(page, server.addresses.seller)
        self.server = server
        self.action_uri, self.new_payment = target.payments(server)
        self.output = snapshots.output
        self.errors: list[str] = []
        self._target = target
        self._marked = marked
        self._snapshots = snapshots
        self._document = ""
        self.watchers.append(self._watch)
        page.on("console", self._print)
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        if marked.viewport:
            width, height = marked.viewport
            page.set_viewport_size({"width": width, "height": height})

    def _watch(self, note: dict[str, Any]) -> None:
        if note["kind"] == "document":
            self._document = note["url"]

    def _print(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.errors.append(message.text)

    def in_another_tab(self) -> Self:
        """A second page of the same browser, in the same shop."""
        page = self.page.context.new_page()
        return type(self)(page, self.server, self._target, self._marked, self._snapshots)

    @cached_property
    def payment_id(self) -> int:
        """The payment that is opened where no other is named: of the marker's amount."""
        return self.new_payment()

    @property
    def is_paid(self) -> bool:
        """Whether the portal knows the payment as paid."""
        return self.server.is_paid(self.payment_id)

    @property
    def browser(self) -> Browser:
        browser = self.page.context.browser
        assert browser
        return browser

    def open(self, payment_id: int | None = None, theme: str | None = None) -> None:
        """Open the payment's page and wait until its frame has loaded.

        A page under test that cannot be opened fails the test, with one sentence.
        """
        __tracebackhide__ = True
        self._document = ""
        super().open(payment_id or self.payment_id, theme or self._marked.theme)
        self.wait_for_load(LOAD_TIMEOUT)
        self.catch_up()
        if self.iframe.count() and not self._has_answered():
            pytest.fail(self._trouble(), pytrace=False)

    def _has_answered(self) -> bool:
        shown = self._document.startswith(("http://", "https://"))
        return shown and int(self.document.evaluate(STATUS)) < 400

    def _trouble(self) -> str:
        try:
            reach(self.browser, self.action_uri, LOAD_TIMEOUT)
        except UnreachableError as error:
            return f"{self.action_uri} {error}"
        return f"{self.action_uri} can be reached, but the browser does not show it in a frame."

    def fix_time(self, time: datetime | str) -> None:
        """Let it be this time, always, in whatever is opened from now on; timers still run.

        A text is ISO 8601, such as 2030-01-31T12:00.
        """
        self.page.clock.set_fixed_time(time)

    def assert_snapshot(
        self,
        name: str,
        *,
        mask: Sequence[Locator] = (),
        threshold: float = THRESHOLD,
        share: float = 0.0,
        full: bool = False,
    ) -> None:
        """Fail where the frame does not look as it does in the snapshot of this name.

        `mask` covers what always differs. `threshold` is how far a pixel's colour may be off,
        from 0 to 1, where 1 is black for white; `share` is how much of the picture may be off by
        more, from 0 to 1. `full` takes the whole page of the shop instead of the frame.
        """
        __tracebackhide__ = True
        self._snapshots.check(self, name, mask, threshold, share, full=full)

    def keep_evidence(self) -> Path:
        """Put messages, `errors` and a picture of the shop's page into `output`; that folder."""
        self.output.mkdir(parents=True, exist_ok=True)
        log = [asdict(message) for message in self.messages]
        text = json.dumps(log, ensure_ascii=False, indent=2)
        (self.output / "messages.json").write_text(text, "utf-8")
        if self.errors:
            (self.output / "errors.txt").write_text("\n".join(self.errors) + "\n", "utf-8")
        try:
            self.page.screenshot(path=self.output / "seller-page.png", full_page=True)
        except Error as error:  # the test may have closed the page
            print(f"There is no picture of the page: {error.message.partition(chr(10))[0]}")
        return self.output
