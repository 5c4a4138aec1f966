"""The command as a reader types it: once in a process of its own, then in this one."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
from payframe.harness.check.starting import free_port
from payframe.harness.commands.main import main

from tests.check.zoo import zoo


class Ended(NamedTuple):
    """How a run of the command has ended."""

    returncode: int
    stdout: str
    stderr: str


Command = Callable[..., Ended]


@pytest.fixture
def check(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    """Runs `payframe check` with arguments."""

    def run(*arguments: str) -> Ended:
        monkeypatch.setattr(sys, "argv", ["payframe", "check", *arguments])
        try:
            main()
            code = 0
        except SystemExit as ended:
            code = int(ended.code or 0)
        return Ended(code, *capsys.readouterr())

    return run


PAYFRAME = (sys.executable, "-m", "payframe")


def test_a_clean_page_is_0_in_any_folder(pages: str, tmp_path: Path) -> None:
    result = subprocess.run(
        [*PAYFRAME, "check", f"{pages}/good/plain.html", "--rules", "sizing/no-size"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        timeout=170,
    )
    assert result.returncode == 0
    assert result.stderr == f"[1/1] {pages}/good/plain.html: no findings\n"
    assert result.stdout == f"{pages}/good/plain.html: no findings\n"


def test_findings_are_1_and_say_what_to_do(pages: str, check: Command) -> None:
    result = check(f"{pages}/sizing/no-size/bad.html", "--rules", "sizing/no-size")
    assert result.returncode == 1
    assert result.stdout.startswith(f"{pages}/sizing/no-size/bad.html: 1 error\n")
    assert "error: sizing/no-size" in result.stdout
    assert "To fix it: Post `{ height }`" in result.stdout


def test_json_has_a_verdict_for_each_page(pages: str, check: Command) -> None:
    urls = [f"{pages}/good/plain.html", f"{pages}/sizing/no-size/bad.html"]
    result = check(*urls, "--rules", "sizing/no-size", "--format", "json")
    assert result.returncode == 1
    clean, bad = json.loads(result.stdout)["pages"]
    assert clean == {"url": urls[0], "part": "iframe", "verdict": "clean", "findings": []}
    assert bad["verdict"] == "findings"
    (finding,) = bad["findings"]
    assert list(finding) == ["rule", "severity", "message", "fix", "evidence"]
    assert (finding["rule"], finding["severity"]) == ("sizing/no-size", "error")
    assert {item["kind"] for item in finding["evidence"]} == {"picture", "messages"}


def test_a_page_that_nobody_serves_is_2_and_the_others_are_checked(
    pages: str, check: Command
) -> None:
    dead = f"http://127.0.0.1:{free_port()}/"
    result = check(dead, f"{pages}/good/plain.html", "--rules", "sizing/no-size")
    assert result.returncode == 2
    assert f"{dead} cannot be reached: nothing listens there." in result.stdout
    assert f"{pages}/good/plain.html: no findings" in result.stdout


def test_a_page_that_is_not_found_is_2(pages: str, check: Command) -> None:
    result = check(f"{pages}/none.html", "--rules", "sizing/no-size", "--format", "json")
    assert result.returncode == 2
    (page,) = json.loads(result.stdout)["pages"]
    assert page["verdict"] == "not run"
    assert "answers with 404" in page["error"]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--rules", "sizing,nonsense"], "There is no rule or family of rules nonsense"),
        (["--field", "novalue"], "expected NAME=VALUE"),
        (["--sum", "much"], "expected an amount such as 100.00"),
        (["--field", "a=b", "--config", "payframe.toml"], "give a URL, no --config"),
        (["--config", "nowhere.toml"], "nowhere.toml: cannot be read"),
        (["ftp://example.com/"], "expected a URL with http:// or https://"),
        (["http://example.com:port/"], "expected a URL with http:// or https://"),
        (["http:///pay"], "expected a URL with http:// or https://"),
    ],
)
def test_what_cannot_be_used_is_one_sentence(
    check: Command, arguments: list[str], sentence: str
) -> None:
    result = check("http://127.0.0.1/", *arguments)
    assert result.returncode == 2
    assert sentence in " ".join(result.stderr.replace("│", " ").split())
    assert "Traceback" not in result.stderr
    assert result.stdout == ""


def test_without_a_browser_it_says_how_to_get_one(
    pages: str, check: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PAYFRAME_CHROMIUM", "/nowhere/chromium")
    result = check(f"{pages}/good/plain.html")
    assert result.returncode == 2
    assert "PAYFRAME_CHROMIUM is /nowhere/chromium, and there is no such file." in result.stderr


def test_the_widget_is_checked_where_no_url_is_given(check: Command) -> None:
    result = check("--rules", "sizing/wrong-size")
    assert result.returncode == 0, result.stdout + result.stderr
    assert "/widget/: no findings" in result.stdout


def test_a_page_that_leaves_the_frame_is_not_called_clean(check: Command, tmp_path: Path) -> None:
    (tmp_path / "leaves.html").write_text(
        "<script>addEventListener('message', () => top.location = 'about:blank')</script>"
    )
    with zoo(tmp_path) as url:
        result = check(f"{url}/leaves.html", "--rules", "sizing/no-size", "--timeout", "2")
    assert result.returncode == 2
    assert "leaves.html could not be tried in the scene " in result.stdout


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("http://127.0.0.1:{port}/", "nothing listens there"),
        ("http://pay.localhost:{port}/", "nothing listens there"),
        ("http://no-such-host.invalid/", "there is no such host"),
    ],
)
def test_where_nobody_answers_no_browser_is_started(
    check: Command, monkeypatch: pytest.MonkeyPatch, url: str, reason: str
) -> None:
    monkeypatch.setenv("PAYFRAME_CHROMIUM", "/nowhere/chromium")
    url = url.format(port=free_port())
    result = check(url)
    assert result.returncode == 2
    assert result.stdout == f"{url} cannot be reached: {reason}.\n"


def test_where_nobody_answers_it_is_said_at_once() -> None:
    """The shop is not even loaded, which alone takes longer than all of this."""
    command = [sys.executable, "-X", "importtime", "-m", "payframe", "check"]
    dead = f"http://127.0.0.1:{free_port()}/"
    ran = subprocess.run([*command, dead], capture_output=True, text=True, check=False)
    assert ran.returncode == 2
    loaded = {line.rpartition("|")[2].strip() for line in ran.stderr.splitlines()}
    assert "payframe.harness.check.connect" in loaded
    assert not loaded & {"sqlalchemy", "starlette", "playwright.sync_api"}
