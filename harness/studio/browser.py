"""The studio's own browser: what no page can see of another one, or do to it.

The console, the requests and the errors of the payment frame become rows of the timeline; its
network, storage, language and colour scheme can be other ones, and its fields be filled.
"""

import asyncio
import contextlib
import json
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import AsyncExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from ..browser.errors import NoBrowserError
from ..portal.log import shorten
from .calls import exchange, level_of, without_card
from .timeline import Level, Row, Timeline

if TYPE_CHECKING:
    from playwright.async_api import (
        BrowserContext,
        ConsoleMessage,
        Dialog,
        Frame,
        Page,
        Request,
        Route,
        WebError,
    )

PREFERENCES = {"profile": {"cookie_controls_mode": 0, "block_third_party_cookies": False}}
"""A frame of another site may store, in a part of its own, as most browsers let it."""
SLOW = 1.5
"""Seconds that each request of the frame waits, as at the edge of a phone's net."""
SHOP = "/payments/"
"""The path of the shop's payment pages."""
POLLING = 0.1
RESTORING = 50
"""Looks, at intervals of POLLING seconds, whether what was typed can be typed again."""
TEXTS = ("text/", "application/json", "application/problem+json", "application/xml")
CARD_FIELDS = {
    "cc-number": "number",
    "cc-exp": "expiry",
    "cc-exp-month": "month",
    "cc-exp-year": "year",
    "cc-csc": "cvc",
    "cc-name": "name",
}
"""Values of autocomplete -> what of a card goes there."""
LEVELS: dict[str, Level] = {"error": "error", "warning": "warning", "assert": "error"}
HERE = Path(__file__).parent
TYPED = (HERE / "typed.js").read_text().rstrip().rstrip(";")
KEEP, RESTORE = f"() => {TYPED}.keep()", f"(typed) => {TYPED}.restore(typed)"
SCHEMES: dict[str, Literal["light", "dark"]] = {"light": "light", "dark": "dark"}
SCHEME = "() => matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'"
NO_STORAGE = (HERE.parent / "check" / "scenes" / "poor_conditions.js").read_text()
LANGUAGE = """
  Object.defineProperty(navigator, "languages", { get: () => Object.freeze([tag]) });
  Object.defineProperty(navigator, "language", { get: () => tag });
"""


class StudioBrowser:
    """A Chromium with the studio in it, once it is opened. Its methods do nothing before."""

    def __init__(self, timeline: Timeline) -> None:
        self._timeline = timeline
        self._stack = AsyncExitStack()
        self._context: BrowserContext | None = None
        self._imitated = AsyncExitStack()
        self._imitating = asyncio.Lock()
        self._network = ""
        self._scheme = ""
        self._seller = ""
        self._typed: dict[str, Any] = {}
        self._restoring: asyncio.Future[None] | None = None

    @property
    def opened(self) -> bool:
        return self._context is not None

    async def open(self, seller: str, path: str, *, headless: bool = False) -> None:
        """Open the studio at a path of the shop's base URL. Raises NoBrowserError."""
        from playwright.async_api import async_playwright

        from ..browser.chromium import start_with_profile

        if not headless and not _has_display():
            raise NoBrowserError("There is no screen to open a browser on.")
        playwright = await self._stack.enter_async_context(async_playwright())
        # Without a profile Chromium lets no frame of another site store anything.
        profile = self._stack.enter_context(
            tempfile.TemporaryDirectory(prefix="payframe-", ignore_cleanup_errors=True)
        )
        _write_preferences(Path(profile))
        self._context = await start_with_profile(playwright.chromium, profile, headless=headless)
        self._stack.push_async_callback(self._context.close)
        self._seller = seller
        context = self._context
        context.on("console", self._console)
        context.on("weberror", self._error)
        context.on("dialog", self._dialog)
        context.on("requestfinished", self._finished)
        context.on("requestfailed", self._failed)
        context.on("page", self._page)
        context.on("close", lambda _: self._closed())
        page = context.pages[0]
        await self._page(page)
        own = json.dumps({"scheme": await page.evaluate(SCHEME)})
        await context.add_init_script(
            f"if (origin === {json.dumps(seller)}) globalThis.ownBrowser = {own}"
        )
        self._timeline.tell("browser", {"watched": True})
        await page.goto(seller + path)

    async def close(self) -> None:
        self._context = None
        if self._restoring:
            self._restoring.cancel()
        with contextlib.suppress(Exception):  # the person has closed it already
            await self._stack.aclose()

    def _closed(self) -> None:
        if self._context:
            self._context = None
            self._timeline.tell("browser", {"watched": False})

    async def _page(self, page: "Page") -> None:
        page.on("framenavigated", self._navigated)
        if self._scheme:
            await self._emulate(page)

    # What is seen.

    def _payment(self, frame: "Frame | None") -> int | None:
        """The payment that a frame is of: it is the payment frame, or within it."""
        while frame and frame.parent_frame:
            shop = frame.parent_frame
            if shop.url.startswith(self._seller + SHOP):
                number = shop.url.removeprefix(self._seller + SHOP).partition("?")[0]
                return int(number) if number.isdecimal() else None
            frame = shop
        return None

    def _frames(self) -> "Iterator[Frame]":
        """The payment frames, and what is within them."""
        pages = self._context.pages if self._context else []
        yield from (frame for page in pages for frame in page.frames if self._payment(frame))

    def _is_theirs(self, url: str) -> bool:
        """Whether a script at a URL is not the studio's or the shop's."""
        return bool(url) and not url.startswith(self._seller)

    def _console(self, message: "ConsoleMessage") -> None:
        location = message.location
        if not self._is_theirs(location.get("url", "")):
            return
        level = LEVELS.get(message.type, "info")
        text = shorten(message.text)
        self._add("console", text, level, text if level != "info" else "", {**location})

    def _error(self, error: "WebError") -> None:
        stack = str(getattr(error.error, "stack", ""))
        if self._seller + "/" in stack:
            return
        text = str(error.error)
        self._add("exception", text.partition("\n")[0], "error", text, {"stack": stack})

    async def _dialog(self, dialog: "Dialog") -> None:
        # Where somebody listens the browser shows none, and the page waits for the answer.
        self._add(
            "dialog",
            f"{dialog.type}: {dialog.message}",
            "warning",
            "A dialog stops the whole page, the shop's as well, until it is answered.",
            {},
        )
        await dialog.accept()

    def _navigated(self, frame: "Frame") -> None:
        if self._payment(frame) is None:
            return
        self._add("navigation", frame.url, "info", "", {"url": frame.url}, frame=frame)

    async def _finished(self, request: "Request") -> None:
        with contextlib.suppress(Exception):  # a frame that is gone has taken its answer with it
            await self._told_of(request)

    async def _told_of(self, request: "Request") -> None:
        frame = _frame_of(request)
        if self._payment(frame) is None:
            return
        response = await request.response()
        status = response.status if response else 0
        headers = await response.all_headers() if response else {}
        body = ""
        kind = headers.get("content-type", "")
        if response and request.resource_type in ("fetch", "xhr") and kind.startswith(TEXTS):
            body = await response.text()
        seconds = max(0.0, request.timing["responseEnd"] / 1000)
        content = exchange(
            request.method,
            request.url,
            await request.all_headers(),
            without_card(request.post_data or ""),
            status,
            without_card(body),
            seconds,
        )
        content["response"]["headers"] = headers
        self._add(
            request.resource_type,
            f"{request.method} {request.url} {status}",
            level_of(status),
            "",
            content,
            frame=frame,
        )

    def _failed(self, request: "Request") -> None:
        frame = _frame_of(request)
        if self._payment(frame) is None or request.failure == "net::ERR_ABORTED":
            return
        self._add(
            request.resource_type,
            f"{request.method} {request.url}",
            "error",
            f"The browser has not got it: {request.failure}.",
            exchange(request.method, request.url, {}, "", 0, "", 0),
            frame=frame,
        )

    def _add(
        self,
        kind: str,
        title: str,
        level: Level,
        mark: str,
        content: dict[str, Any],
        *,
        frame: "Frame | None" = None,
    ) -> None:
        self._timeline.add(
            Row(
                source="browser",
                kind=kind,
                title=title,
                level=level,
                mark=mark,
                payment=self._payment(frame),
                content=content,
            )
        )

    # What is imitated.

    async def imitate(
        self, *, network: str = "", storage: str = "", language: str = "", scheme: str = ""
    ) -> None:
        """For the payment frames, from their next load on; all of it is as usual where empty.

        `network` is slow or offline, for their requests alone. `storage` is blocked where reading
        and writing throws, as in a frame of another site. `language` is that of the buyer's
        browser, a tag. `scheme` is light or dark, what their system prefers: also told to the
        pages around the frames, of which the shop's has its own themes.
        """
        async with self._imitating:
            await self._imitate(network, storage, language, scheme)

    async def _imitate(self, network: str, storage: str, language: str, scheme: str) -> None:
        if self._context is None:
            return
        await self._imitated.aclose()
        self._imitated = AsyncExitStack()
        self._network, self._scheme = network, scheme
        if network:
            routed = await self._context.route("**/*", self._pass)
            self._imitated.push_async_exit(routed)
        scripts = [NO_STORAGE] if storage else []
        if language:
            scripts.append(f"{{ const tag = {json.dumps(language)};{LANGUAGE} }}")
        for script in scripts:
            added = await self._context.add_init_script(script)
            self._imitated.push_async_exit(added)
        await self._context.set_extra_http_headers(
            {"Accept-Language": language} if language else {}
        )
        for page in self._context.pages:
            await self._emulate(page)

    async def _pass(self, route: "Route") -> None:
        """A request, which the network of a payment frame loses or lets wait."""
        if self._payment(_frame_of(route.request)) is not None:
            if self._network == "offline":
                await route.abort("internetdisconnected")
                return
            await asyncio.sleep(SLOW)
        with contextlib.suppress(Exception):  # its frame has gone meanwhile
            await route.fallback()

    async def _emulate(self, page: "Page") -> None:
        """In all of a page's frames, also those to come, before a script of theirs runs."""
        with contextlib.suppress(Exception):  # it is just being closed
            await page.emulate_media(color_scheme=SCHEMES.get(self._scheme, "null"))

    async def fill(self, number: str) -> list[str]:
        """Fill a test card into the fields of the frames; the names of those that were found."""
        card = {
            "number": number,
            "expiry": "12 / 30",
            "month": "12",
            "year": "2030",
            "cvc": "1234" if number.startswith("3") else "123",
            "name": "Ava Thompson",
        }
        filled = []
        for frame in list(self._frames()):
            for token, name in CARD_FIELDS.items():
                field = frame.locator(f"[autocomplete~='{token}']:visible").first
                if await field.count():
                    await field.fill(card[name])
                    filled.append(token)
        return filled

    async def keep_typed(self) -> None:
        """Keep what has been typed in the frames, in memory alone, for restore_typed."""
        self._typed = {}
        for frame in list(self._frames()):
            with contextlib.suppress(Exception):  # it is just being loaded
                self._typed[frame.url] = await frame.evaluate(KEEP)

    def restore_typed(self) -> None:
        """Type it again, as soon as the frames show the same fields as before."""
        kept, self._typed = self._typed, {}
        self._restoring = asyncio.ensure_future(self._restore(kept))

    async def _restore(self, kept: dict[str, Any]) -> None:
        for url, typed in kept.items():
            for _ in range(RESTORING):
                frame = next((each for each in self._frames() if each.url == url), None)
                with contextlib.suppress(Exception):  # it is just being loaded
                    if frame and await frame.evaluate(RESTORE, typed):
                        break
                await asyncio.sleep(POLLING)


def _frame_of(request: "Request") -> "Frame | None":
    """None where no frame asks, or one that is only being made: Playwright knows it later."""
    from playwright.async_api import Error

    try:
        return None if request.service_worker else request.frame
    except Error:
        return None


def _write_preferences(profile: Path) -> None:
    file = profile / "Default" / "Preferences"
    file.parent.mkdir()
    file.write_text(json.dumps(PREFERENCES))


def _has_display() -> bool:
    return sys.platform in ("darwin", "win32") or any(
        os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY")
    )
