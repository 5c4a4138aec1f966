"""Installs the system's browsers that the tests lack: `python -m tests.engines.install`.

Only as root on Debian or a relative of it; the tests say themselves what they could not try.
"""

import os
import shutil
import subprocess
import sys

from playwright.sync_api import sync_playwright

from tests.engines import firefox, own, webkit
from tests.engines.engine import MissingEngineError


def missing() -> list[str]:
    """The packages of the engines that are neither Playwright's nor the system's."""
    packages: list[str] = []
    with sync_playwright() as playwright:
        for name, engine in (("firefox", firefox), ("webkit", webkit)):
            try:
                if not own.is_installed(playwright, name):
                    engine.find()
            except MissingEngineError:
                packages += engine.PACKAGES
    return packages


def main() -> None:
    packages = missing()
    if not packages or os.geteuid() != 0 or not shutil.which("apt-get"):
        return
    install = ["apt-get", "install", "-y", "-q", "--no-install-recommends", *packages]
    for command in (["apt-get", "update", "-q"], install):
        print("Trying:", " ".join(command), flush=True)
        subprocess.run(command, check=False, stdout=sys.stderr)


if __name__ == "__main__":
    main()
