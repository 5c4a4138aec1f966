"""The command as a reader types it."""

import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.check.zoo import zoo


@pytest.fixture(scope="module")
def pages() -> Iterator[str]:
    with zoo() as url:
        yield url


def check(
    *arguments: str, folder: Path | None = None, **environment: str
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "payframe", "check", *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        timeout=50,
        env={**os.environ, **environment},
    )


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


def test_a_clean_page_is_0_in_any_folder(pages: str, tmp_path: Path) -> None:
    result = check(f"{pages}/good/plain.html", "--rules", "sizing", folder=tmp_path)
    assert result.returncode == 0
    assert result.stderr == f"[1/1] {pages}/good/plain.html: no findings\n"
    assert result.stdout == f"{pages}/good/plain.html: no findings\n"


def test_findings_are_1_and_say_what_to_do(pages: str) -> None:
    result = check(f"{pages}/sizing/no-size/bad.html", "--rules", "sizing/no-size")
    assert result.returncode == 1
    assert result.stdout.startswith(f"{pages}/sizing/no-size/bad.html: 1 error\n")
    assert "error: sizing/no-size" in result.stdout
    assert "To fix it: Post `{ height }`" in result.stdout


def test_json_has_a_verdict_for_each_page(pages: str) -> None:
    urls = [f"{pages}/good/plain.html", f"{pages}/sizing/no-size/bad.html"]
    result = check(*urls, "--rules", "sizing", "--format", "json")
    assert result.returncode == 1
    clean, bad = json.loads(result.stdout)["pages"]
    assert clean == {"url": urls[0], "verdict": "clean", "findings": []}
    assert bad["verdict"] == "findings"
    (finding,) = bad["findings"]
    assert list(finding) == ["rule", "severity", "message", "fix", "evidence"]
    assert (finding["rule"], finding["severity"]) == ("sizing/no-size", "error")
    assert {each["kind"] for each in finding["evidence"]} == {"picture", "messages"}


def test_a_page_that_nobody_serves_is_2_and_the_others_are_checked(pages: str) -> None:
    dead = f"http://127.0.0.1:{free_port()}/"
    result = check(dead, f"{pages}/good/plain.html", "--rules", "sizing")
    assert result.returncode == 2
    assert f"{dead} cannot be reached: nothing listens there." in result.stdout
    assert f"{pages}/good/plain.html: no findings" in result.stdout


def test_a_page_that_is_not_found_is_2(pages: str) -> None:
    result = check(f"{pages}/none.html", "--format", "json")
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
    ],
)
def test_what_cannot_be_used_is_one_sentence(arguments: list[str], sentence: str) -> None:
    result = check("http://127.0.0.1/", *arguments)
    assert result.returncode == 2
    assert sentence in " ".join(result.stderr.replace("│", " ").split())
    assert "Traceback" not in result.stderr
    assert result.stdout == ""


def test_without_a_browser_it_says_how_to_get_one(pages: str) -> None:
    result = check(f"{pages}/good/plain.html", PAYFRAME_CHROMIUM="/nowhere/chromium")
    assert result.returncode == 2
    assert "PAYFRAME_CHROMIUM is /nowhere/chromium, and there is no such file." in result.stderr


def test_the_widget_is_checked_where_no_url_is_given() -> None:
    result = check("--rules", "handshake,sizing/wrong-size")
    assert result.returncode == 0, result.stdout + result.stderr
    assert "/widget/: no findings" in result.stdout


def test_a_page_that_leaves_the_frame_is_not_called_clean(tmp_path: Path) -> None:
    (tmp_path / "leaves.html").write_text(
        "<script>addEventListener('message', () => top.location = 'about:blank')</script>"
    )
    with zoo(tmp_path) as url:
        result = check(f"{url}/leaves.html", "--rules", "sizing/no-size", "--timeout", "2")
    assert result.returncode == 2
    assert "leaves.html could not be tried in the scene " in result.stdout


def test_rules_are_listed() -> None:
    result = check("--list-rules")
    assert result.returncode == 0
    assert "sizing/no-size" in result.stdout
    assert "The page never says how large it is." in result.stdout
