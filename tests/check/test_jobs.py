"""Browsers side by side: what is lost with one of them, and that none stays behind."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from functools import partial
from multiprocessing import active_children
from pathlib import Path

import pytest
from payframe.harness.check.checking import check
from payframe.harness.check.jobs import TASKS_PER_BROWSER, browsers
from payframe.harness.check.judging import PageReport
from payframe.harness.check.registry import choose_rules
from payframe.harness.check.target import with_fields
from payframe.harness.check.tasks import LostError
from payframe.widget.config import CONFIG, load
from playwright.sync_api import Browser

RULES = choose_rules(["sizing/no-size"])
PATIENCE = 120.0


@pytest.fixture
def folder() -> Iterator[Path]:
    """For what browsers keep: by its name they are known. Chromium needs a short path."""
    with tempfile.TemporaryDirectory(prefix="payframe-jobs-", ignore_cleanup_errors=True) as name:
        yield Path(name)


def name(browser: Browser) -> str:
    return browser.browser_type.name


def fail(browser: Browser) -> None:
    raise ValueError(name(browser))


def open_until_there_are(count: int, browser: Browser) -> str:
    """Opens a page, and waits for the others."""
    page = browser.new_page()
    while sum(len(context.pages) for context in browser.contexts) < count:
        page.wait_for_timeout(10)
    return name(browser)


def stay(browser: Browser) -> None:
    browser.new_page().wait_for_event("close", timeout=0)


def stay_in(process: int | None, browser: Browser) -> str:
    if os.getpid() == process:
        stay(browser)
    return name(browser)


def die(_browser: Browser) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def hang(_browser: Browser) -> None:
    while True:
        signal.pause()


def processes(folder: Path) -> list[str]:
    """The command lines of the processes that keep their data in a folder."""
    found = []
    for file in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            line = file.read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except OSError:
            continue  # it has just ended
        if str(folder) in line:
            found.append(line)
    return found


def wait_until_gone(folder: Path) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and processes(folder):
        time.sleep(0.05)
    assert processes(folder) == []


def run_check(urls: list[str], jobs: int, dist: Path) -> list[PageReport]:
    targets = [with_fields(url, {}, "100.00", "USD") for url in urls]
    return list(check(targets, RULES, load(CONFIG), dist, timeout=10, jobs=jobs))


def test_what_a_task_returns_or_raises_is_its_answer() -> None:
    with browsers(1, PATIENCE) as jobs:
        jobs.start(name)
        assert not jobs.free
        assert jobs.wait() == (name, "chromium")
        assert jobs.free
        jobs.start(fail)
        task, answer = jobs.wait()
        assert (task, repr(answer)) == (fail, "ValueError('chromium')")
    assert active_children() == []


def test_one_browser_does_several_tasks_side_by_side() -> None:
    both = partial(open_until_there_are, 2)
    with browsers(2, PATIENCE) as jobs:
        assert len(active_children()) == 1
        jobs.start(both)
        assert jobs.free
        jobs.start(both)
        assert not jobs.free
        answers = [answer for _task, answer in (jobs.wait(), jobs.wait())]
        assert answers == ["chromium"] * 2


def test_more_tasks_have_more_browsers() -> None:
    with browsers(TASKS_PER_BROWSER + 1, PATIENCE) as jobs:
        assert len(active_children()) == 2
        for _ in range(TASKS_PER_BROWSER + 1):
            jobs.start(partial(open_until_there_are, TASKS_PER_BROWSER // 2))
        answers = [jobs.wait()[1] for _ in range(TASKS_PER_BROWSER + 1)]
        assert answers == ["chromium"] * (TASKS_PER_BROWSER + 1)


def test_a_browsers_process_does_not_load_the_shop() -> None:
    """That would take most of the time that it needs to start."""
    script = "import sys; from payframe.harness.check import jobs, visit; print(*sys.modules)"
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    loaded = ran.stdout.split()
    assert "payframe.harness.check.scenes" in loaded
    assert "payframe.harness.server.app" not in loaded
    assert "sqlalchemy" not in loaded
    assert "pydantic" not in loaded


def test_a_browser_that_dies_loses_its_own_task_only() -> None:
    with browsers(2, PATIENCE) as jobs:
        jobs.start(die)
        jobs.start(name)
        answers = dict([jobs.wait(), jobs.wait()])
        assert isinstance(answers[die], LostError)
        assert str(answers[die]) == "the browser has crashed"
        assert answers[name] == "chromium"
        jobs.start(name)
        assert jobs.wait() == (name, "chromium")
    assert active_children() == []


def test_a_page_that_hangs_is_given_up() -> None:
    with browsers(1, 0.5) as jobs:
        jobs.start(hang)
        task, answer = jobs.wait()
        assert task is hang
        assert str(answer) == "the page has hung for 0.5 seconds"
    assert active_children() == []


def test_what_is_done_beside_a_page_that_hangs_is_done_again() -> None:
    with browsers(2, 5.0) as jobs:
        (first,) = active_children()
        beside = partial(stay_in, first.pid)
        jobs.start(stay)
        jobs.start(beside)
        task, answer = jobs.wait()
        assert task is stay
        assert str(answer) == "the page has hung for 5 seconds"
        assert jobs.wait() == (beside, "chromium")
    assert active_children() == []


def test_reports_come_in_the_order_given_and_no_page_loses_another(
    pages: str, tmp_path: Path
) -> None:
    urls = [
        f"{pages}/sizing/no-size/bad.html",
        f"{pages}/none.html",
        f"{pages}/good/plain.html",
    ]
    reports = run_check(urls, 2, tmp_path)
    assert [report.url for report in reports] == urls
    assert [report.verdict for report in reports] == ["findings", "not run", "clean"]
    assert active_children() == []


def test_many_pages_leave_no_browser_behind(
    pages: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(folder))
    reports = run_check([f"{pages}/good/plain.html"] * 3, 1, folder)
    assert [report.verdict for report in reports] == ["clean"] * 3
    wait_until_gone(folder)
    assert list(folder.iterdir()) == []


@pytest.mark.slow
def test_ctrl_c_ends_all_browsers(pages: str, folder: Path) -> None:
    urls = [f"{pages}/good/plain.html"] * 12
    options = ["--jobs", "2", "--rules", "sizing/no-size"]
    command = subprocess.Popen(
        [sys.executable, "-m", "payframe", "check", *options, *urls],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "TMPDIR": str(folder)},
        start_new_session=True,
    )
    assert command.stderr
    assert command.stderr.readline().startswith("[1/12] ")
    assert processes(folder)
    os.killpg(command.pid, signal.SIGINT)
    command.communicate(timeout=PATIENCE)
    assert command.returncode != 0
    wait_until_gone(folder)
    assert list(folder.iterdir()) == []
