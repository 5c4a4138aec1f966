"""Every command works from the wheel: in an empty folder, with an empty home, without a clone."""

import json
from pathlib import Path

import httpx
import pytest

from tests.installed.conftest import Installed


@pytest.mark.slow
def test_the_page_is_built_and_verified_where_it_is_served(
    installed: Installed, tmp_path: Path
) -> None:
    built = installed.run(tmp_path, "payframe", "build")
    assert built.returncode == 0, built.stderr
    assert (tmp_path / "dist" / "index.html").is_file()
    with installed.running(tmp_path, "demo", "--no-build") as ready:
        widget = json.loads(ready)["widget"]
        assert "Payment page" in httpx.get(widget).text
        verified = installed.run(tmp_path, "payframe", "verify", widget)
    assert verified.returncode == 0, verified.stdout


@pytest.mark.slow
def test_the_bundler_is_fetched_once_and_that_is_said(installed: Installed, tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    new_user = Installed(installed.environment, home)
    first = new_user.run(tmp_path, "payframe", "build")
    assert first.returncode == 0, first.stderr
    assert first.stderr == "Fetching the bundler from npm, this once ...\n"
    second = new_user.run(tmp_path, "payframe", "build", "--out=again")
    assert second.returncode == 0
    assert second.stderr == ""


@pytest.mark.slow
def test_the_demo_builds_by_itself_and_shows_a_page_of_ones_own(
    installed: Installed, tmp_path: Path
) -> None:
    with installed.running(tmp_path, "demo", "--action-uri=http://127.0.0.1:1/pay") as ready:
        told = json.loads(ready)
        assert told["widget"] == "http://127.0.0.1:1/pay"
        assert "http://127.0.0.1:1/pay" in httpx.get(told["payments"][0]["url"]).text


def test_the_portal_answers(installed: Installed, tmp_path: Path) -> None:
    with installed.running(tmp_path, "portal") as ready:
        webhook = json.loads(ready)["webhook"].rstrip("/")
        assert httpx.post(f"{webhook}/sale.paysystem.handler.list").json()["result"] == []


@pytest.mark.slow
def test_pages_are_checked_with_and_without_an_address(
    installed: Installed, tmp_path: Path
) -> None:
    rules = "--rules=sizing/no-size"
    widget = installed.run(tmp_path, "payframe", "check", rules)
    assert widget.returncode == 0, widget.stdout + widget.stderr
    with installed.running(tmp_path, "demo") as ready:
        page = json.loads(ready)["widget"]
        named = installed.run(tmp_path, "payframe", "check", page, rules)
    assert named.returncode == 0, named.stdout + named.stderr


def test_the_version_is_that_of_the_wheel(installed: Installed, tmp_path: Path) -> None:
    told = installed.run(tmp_path, "payframe", "--version").stdout
    assert told.startswith("payframe 0.")
