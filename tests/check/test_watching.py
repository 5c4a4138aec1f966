"""`payframe check --watch`: after a change the page is checked again, and what is new is told."""

import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import ThreadingHTTPServer
from itertools import count
from pathlib import Path

import pytest
from payframe.harness.check.changes import WatchError, of_answers, of_files

from tests.check.servers import Answering, served
from tests.check.zoo import PAGES, zoo
from tests.slow import slow

WAITING = "Waiting for a change. Ctrl-C ends."
GOOD, BAD = PAGES / "good" / "plain.html", PAGES / "sizing" / "no-size" / "bad.html"


@contextmanager
def watching(*arguments: str) -> Iterator["subprocess.Popen[str]"]:
    process = subprocess.Popen(
        [sys.executable, "-m", "payframe", "check", "--rules", "sizing/no-size", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def until_it_waits(process: "subprocess.Popen[str]") -> list[str]:
    """What one check has printed."""
    assert process.stdout
    lines: list[str] = []
    for line in process.stdout:
        if line.strip() == WAITING:
            return lines
        lines.append(line.rstrip())
    raise AssertionError(f"it has ended: {process.communicate()[1]}")


def end(process: "subprocess.Popen[str]") -> int:
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=60)
    return process.returncode


@pytest.mark.parametrize("by", ["files", *slow("answers")])
def test_what_is_new_and_what_is_gone_is_told_after_a_change(by: str, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    shutil.copy(GOOD, page)
    with zoo(tmp_path) as url:
        address = f"{url}/page.html"
        how = ["--watch"] if by == "answers" else ["--watch-files", str(tmp_path)]
        with watching(address, *how) as process:
            first = until_it_waits(process)
            assert first[0].endswith(address)
            assert first[1:] == [f"{address}: no findings"]

            shutil.copy(BAD, page)
            second = until_it_waits(process)
            assert second[0] == f"Changed: {address if by == 'answers' else 'page.html'}"
            assert second[2] == "  error: sizing/no-size (new)"
            assert second[-1] == f"{address}: 1 error"

            page.write_text(f"{page.read_text()}<p>More</p>")
            third = until_it_waits(process)
            assert third[2] == "  error: sizing/no-size (as before)"

            shutil.copy(GOOD, page)
            assert until_it_waits(process)[2] == "  error: sizing/no-size (gone)"
            assert end(process) == 0


def test_ctrl_c_ends_with_the_status_of_the_last_check(pages: str) -> None:
    with watching(f"{pages}/sizing/no-size/bad.html", "--watch") as process:
        assert "  error: sizing/no-size" in until_it_waits(process)
        assert end(process) == 1


def test_a_script_of_the_page_is_a_part_of_it(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text("<script src='pay.js'></script>")
    script = tmp_path / "pay.js"
    script.write_text("1")
    with zoo(tmp_path) as url:
        changes = of_answers([f"{url}/page.html"])
        next(changes)
        script.write_text("2")
        assert next(changes) == [f"{url}/page.html"]


def test_the_report_of_a_check_is_no_change(tmp_path: Path) -> None:
    (tmp_path / "report").mkdir()
    changes = of_files(tmp_path, but=tmp_path / "report")
    assert next(changes) == []
    (tmp_path / "report" / "index.html").write_text("written by a check")
    (tmp_path / "page.html").write_text("written by hand")
    assert next(changes) == ["page.html"]


class Counting(Answering):
    numbers = count()

    def do_GET(self) -> None:
        self.send(200, "text/html", f"<p>{next(self.numbers)}</p>".encode())


def test_a_page_that_is_never_the_same_cannot_be_watched() -> None:
    with (
        served(ThreadingHTTPServer(("127.0.0.1", 0), Counting)) as url,
        pytest.raises(WatchError, match="Name the folder of its files"),
    ):
        next(of_answers([url]))


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--mode", "checkout", "http://127.0.0.1:1/", "--watch"], "--watch-files"),
        (["http://127.0.0.1:1/", "--watch", "--format", "json"], "--report FOLDER"),
        (["http://127.0.0.1:1/", "--watch-files", "/no/such/folder"], "is no folder"),
    ],
)
def test_what_cannot_be_watched_is_told(arguments: list[str], said: str) -> None:
    command = [sys.executable, "-m", "payframe", "check", *arguments]
    ran = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert ran.returncode == 2
    assert said in " ".join(ran.stderr.replace("│", " ").split())
