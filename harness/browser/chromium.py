"""Finds the Chromium that pages are tried in, and installs one where there is none.

`python -m payframe.harness.browser.chromium --install` is what `make test` runs first.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from playwright.sync_api import Browser, Error, sync_playwright

from .errors import NoBrowserError

if TYPE_CHECKING:
    from playwright.async_api import BrowserContext, BrowserType

VARIABLE = "PAYFRAME_CHROMIUM"
MISSING = "Executable doesn't exist"
"""How Playwright says that it has no browser of its own."""
SYSTEM_NAMES = (
    "chromium-headless-shell",  # has no window to spend time on
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
)
SWITCHED_OFF = (
    "SpareRendererForSitePerProcess",  # a process kept ready for a page that never comes
    # A renderer for what drops down from the address bar, which costs a second of CPU a page.
    "WebUIOmniboxPopup",
    "WebUIOmniboxAimPopup",
    # What Playwright switches off itself: of two --disable-features the second one counts alone.
    "AvoidUnnecessaryBeforeUnloadCheckSync",
    "DestroyProfileOnBrowserClose",
    "HttpsUpgrades",
    "HttpsFirstBalancedModeAutoEnable",
    "LensOverlay",
    "MediaRouter",
    "PaintHolding",
    "ThirdPartyStoragePartitioning",
    "AvoidCorsURLLoaderRestartOnRedirect",
    "TcpPortRandomizationWin",
    "OptimizationHints",
    "NetworkTimeServiceQuerying",
    "AimEnabled",
    "PreconnectToSearch",
    "msForceBrowserSignIn",
    "msEdgeUpdateLaunchServicesPreferredVersion",
)
"""Features of Chromium that nobody sees in a browser without a window."""
NO_CHROMIUM = (
    "There is no Chromium on this machine: python -m playwright install chromium gets one, or name "
    f"one with {VARIABLE}=/path/to/chromium."
)


def find_chromium() -> Path | None:
    """$PAYFRAME_CHROMIUM, else Playwright's own, else the system's; None where there is none.

    Raises NoBrowserError where the variable names a file that is not there.
    """
    if named := named_chromium():
        return named
    with sync_playwright() as playwright:
        own = Path(playwright.chromium.executable_path)
    return own if own.is_file() else system_chromium()


def named_chromium() -> Path | None:
    """$PAYFRAME_CHROMIUM. Raises NoBrowserError where there is no such file."""
    named = os.environ.get(VARIABLE)
    if named and not Path(named).is_file():
        raise NoBrowserError(f"{VARIABLE} is {named}, and there is no such file.")
    return Path(named) if named else None


def system_chromium(*, headless: bool = True) -> Path | None:
    names = SYSTEM_NAMES if headless else SYSTEM_NAMES[1:]  # the first one has no window
    return next((Path(path) for name in names if (path := shutil.which(name))), None)


def start_chromium(launch: Callable[..., Browser], own: Path, **options: Any) -> Browser:
    """Start the Chromium that find_chromium finds by Playwright's `launch`, with its options.

    `own` is where Playwright's own would be: a launch without it leaves temporary files behind.
    Raises NoBrowserError.
    """
    # A headless shell would put a frame of another site into the shop's process: no buyer's does.
    switches = ["--site-per-process", *options.pop("args", [])]
    try:
        found = named_chromium() or (None if own.is_file() else system_chromium())
        if found:
            return _start(launch, found, switches, options)
        return launch(args=switches, **options)
    except Error as error:
        if MISSING not in error.message:
            raise NoBrowserError(f"Chromium does not start: {_first_line(error)}") from error
    raise NoBrowserError(NO_CHROMIUM)


def _start(
    launch: Callable[..., Browser], found: Path, switches: list[str], options: dict[str, Any]
) -> Browser:
    switches = [f"--disable-features={','.join(SWITCHED_OFF)}", *switches]
    try:
        return launch(**{"executable_path": found, **options, "args": switches})
    except Error as error:
        raise NoBrowserError(f"{found} does not start: {_first_line(error)}") from error


def _first_line(error: Error) -> str:
    return error.message.partition("\n")[0]


async def start_with_profile(
    chromium: "BrowserType", profile: str, *, headless: bool
) -> "BrowserContext":
    """The same by Playwright's asynchronous API, with a profile as a person's browser has one.

    Raises NoBrowserError.
    """
    from playwright.async_api import Error as AsyncError

    found = _executable(Path(chromium.executable_path), headless=headless)
    try:
        return await chromium.launch_persistent_context(
            profile,
            headless=headless,
            executable_path=found,
            args=[f"--disable-features={','.join(SWITCHED_OFF)}", "--site-per-process"],
            no_viewport=True,
            color_scheme="null",  # the system's
            permissions=["clipboard-read", "clipboard-write"],
        )
    except AsyncError as error:
        first = error.message.partition("\n")[0]
        raise NoBrowserError(f"{found} does not start: {first}") from error


def _executable(own: Path, *, headless: bool) -> Path:
    """Raises NoBrowserError."""
    named = named_chromium() or (own if own.is_file() else system_chromium(headless=headless))
    if named is None:
        raise NoBrowserError(NO_CHROMIUM)
    return named


@contextmanager
def open_chromium() -> Iterator[Browser]:
    """Start a Chromium of its own, and end it with the block. Raises NoBrowserError."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium
        browser = start_chromium(chromium.launch, Path(chromium.executable_path))
        yield browser
        browser.close()


def install_chromium() -> Path:
    """Install Playwright's Chromium or else the system's. Raises NoBrowserError."""
    commands = [[sys.executable, "-m", "playwright", "install", "--with-deps", "chromium"]]
    if os.geteuid() == 0 and shutil.which("apt-get"):
        install = ["apt-get", "install", "-y", "-q"]
        # As Playwright's own it comes without a window, if the system has such a package.
        commands += [["apt-get", "update", "-q"], *([*install, name] for name in SYSTEM_NAMES[:2])]
    for command in commands:
        print("Trying:", " ".join(command), flush=True)
        subprocess.run(command, check=False, stdout=sys.stderr)  # noqa: S603
        if found := find_chromium():
            return found
    raise NoBrowserError(
        "The tests need a Chromium and none could be installed: install one (on Debian: "
        f"apt-get install chromium), or name one with {VARIABLE}=/path/to/chromium."
    )


def main() -> int:
    try:
        found = find_chromium()
        if found is None and "--install" in sys.argv:
            found = install_chromium()
    except NoBrowserError as error:
        print(error, file=sys.stderr)
        return 1
    print(found or "none")
    return 0


if __name__ == "__main__":
    sys.exit(main())
