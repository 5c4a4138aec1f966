"""Which Chromium is used, in which order, and what is said where there is none."""

import os
import re
import subprocess
import sys
from pathlib import Path

import playwright
import pytest
from payframe.harness.browser.chromium import SWITCHED_OFF, SYSTEM_NAMES, VARIABLE
from payframe.harness.browser.seller_page import SellerPage
from playwright.sync_api import Browser, Page

from tests.e2e.demo import Demo
from tests.slow import slow


def program(folder: Path, name: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / name
    file.write_text("#!/bin/sh\nexit 1\n")
    file.chmod(0o755)
    return file


def find(
    tmp_path: Path, *options: str, path: Path | None = None, named: str | None = None
) -> subprocess.CompletedProcess[str]:
    """The module as a program, on a machine that has nothing but the given PATH."""
    return subprocess.run(
        [sys.executable, "-m", "payframe.harness.browser.chromium", *options],
        env={
            **{name: value for name, value in os.environ.items() if name.startswith("COVERAGE")},
            "PATH": str(path or tmp_path / "nothing"),
            "HOME": str(tmp_path),
            "PLAYWRIGHT_BROWSERS_PATH": str(tmp_path / "playwright"),
            # An address at which nothing listens: Playwright has nowhere to download from.
            "PLAYWRIGHT_DOWNLOAD_HOST": "http://127.0.0.1:9",
            **({VARIABLE: named} if named else {}),
        },
        capture_output=True,
        text=True,
        check=False,
    )


def playwrights_own(tmp_path: Path) -> Path:
    """Where Playwright would have its Chromium, made up."""
    code = (
        "from playwright.sync_api import sync_playwright as s\n"
        "with s() as p: print(p.chromium.executable_path)"
    )
    where = subprocess.run(
        [sys.executable, "-c", code],
        env={"HOME": str(tmp_path), "PLAYWRIGHT_BROWSERS_PATH": str(tmp_path / "playwright")},
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()
    return program(Path(where).parent, Path(where).name)


def test_the_variable_comes_first(tmp_path: Path) -> None:
    own, named = playwrights_own(tmp_path), program(tmp_path, "mine")
    assert find(tmp_path, named=str(named)).stdout.strip() == str(named)
    assert find(tmp_path).stdout.strip() == str(own)


def test_playwrights_own_comes_before_the_systems(tmp_path: Path) -> None:
    own, system = playwrights_own(tmp_path), program(tmp_path / "bin", "chromium")
    assert find(tmp_path, path=system.parent).stdout.strip() == str(own)


@pytest.mark.parametrize("name", [SYSTEM_NAMES[0], *slow(*SYSTEM_NAMES[1:])])
def test_the_systems_is_found_by_any_of_its_names(tmp_path: Path, name: str) -> None:
    system = program(tmp_path / "bin", name)
    assert find(tmp_path, path=system.parent).stdout.strip() == str(system)


def test_a_variable_that_names_nothing_is_said(tmp_path: Path) -> None:
    result = find(tmp_path, named="/nowhere/chromium")
    assert result.returncode == 1
    assert result.stderr == f"{VARIABLE} is /nowhere/chromium, and there is no such file.\n"


def test_none_is_an_answer_unless_one_is_to_be_installed(tmp_path: Path) -> None:
    assert find(tmp_path).stdout == "none\n"


def test_what_cannot_be_installed_is_one_clear_sentence(tmp_path: Path) -> None:
    """Neither Playwright's download nor the system's packages can be had."""
    program(tmp_path / "bin", "apt-get")
    result = find(tmp_path, "--install", path=tmp_path / "bin")
    assert result.returncode == 1
    assert "playwright install --with-deps chromium" in result.stdout
    for package in ("chromium-headless-shell", "chromium"):
        assert f"apt-get install -y -q {package}\n" in result.stdout
    last = result.stderr.splitlines()[-1]
    assert last.startswith("The tests need a Chromium and none could be installed")
    assert VARIABLE in last


def test_the_systems_package_is_installed_where_playwrights_cannot_be(tmp_path: Path) -> None:
    apt = program(tmp_path / "bin", "apt-get")
    chromium = tmp_path / "bin" / "chromium"
    apt.write_text(
        f"#!/bin/sh\necho > {chromium}\n{sys.executable} -c "
        f"'import os; os.chmod(\"{chromium}\", 0o755)'\n"
    )
    result = find(tmp_path, "--install", path=tmp_path / "bin")
    assert result.returncode == 0, result.stderr
    assert result.stdout.splitlines()[-1] == str(chromium)


def test_nothing_of_the_browsers_own_window_is_loaded(browser: Browser) -> None:
    browser.new_page()
    session = browser.new_browser_cdp_session()
    targets = session.send("Target.getTargets", {"filter": [{}]})["targetInfos"]
    assert {each["type"] for each in targets} <= {"browser", "tab", "page"}


def test_what_playwright_switches_off_stays_off() -> None:
    driver = Path(playwright.__file__).parent / "driver/package/lib/coreBundle.js"
    listed = re.search(r"disabledFeatures = \[(.*?)\]", driver.read_text(), re.DOTALL)
    assert listed
    assert set(re.findall(r'"(\w+)"', listed[1])) <= set(SWITCHED_OFF)


def test_a_frame_of_another_site_has_a_process_of_its_own(page: Page, demo: Demo) -> None:
    shop = SellerPage(page, demo.addresses.seller)
    shop.open(demo.new_payment())
    shop.wait_for_load()
    page.context.new_cdp_session(shop.document)  # refused where it shares the page's
