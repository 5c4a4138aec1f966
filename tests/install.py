"""Installs what `make test-all` needs of the system and lacks: `python -m tests.install`.

Only as root on Debian or a relative of it; the tests say themselves what they could not try.
"""

import os
import shutil
import subprocess
import sys

from playwright.sync_api import sync_playwright

from tests.engines import firefox, own, webkit
from tests.engines.engine import MissingEngineError

PROGRAMS = {"nginx": "nginx-light", "caddy": "caddy", "php": "php-cli"}
"""Program -> its Debian package."""
EXTENSIONS = {"curl": "php-curl", "pdo_sqlite": "php-sqlite3"}
"""Extension of PHP -> its Debian package."""


def missing() -> list[str]:
    """The packages of programs that are not there, and of engines that are not Playwright's."""
    packages = [package for program, package in PROGRAMS.items() if not shutil.which(program)]
    had = extensions()
    packages += [package for name, package in EXTENSIONS.items() if name not in had]
    with sync_playwright() as playwright:
        for name, engine in (("firefox", firefox), ("webkit", webkit)):
            try:
                if not own.is_installed(playwright, name):
                    engine.find()
            except MissingEngineError:
                packages += engine.PACKAGES
    return packages


def extensions() -> list[str]:
    """Those that PHP has."""
    if not shutil.which("php"):
        return []
    return subprocess.run(["php", "-m"], capture_output=True, text=True, check=True).stdout.split()


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
