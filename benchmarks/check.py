"""How long `payframe check` takes for one page, beside Lighthouse and pa11y on the same page.

Linux only: the CPU time of browsers is that of all processes that a command has left behind, too.
"""

import argparse
import ctypes
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from statistics import median
from threading import Thread

from payframe.harness.browser.chromium import find_chromium

PAGE = Path(__file__).parents[1] / "tests" / "check" / "pages" / "good" / "vendor.html"
PACKAGES = {"lighthouse": "12.8.2", "pa11y": "9.1.1"}
RUNS = 7
JOBS = (1, 2, 4, 6)
ONE_RULE = "sizing/no-size"
FINDINGS = 2
"""The highest status of a command that has come to its end: pa11y's, where it finds something."""
CHILD_SUBREAPER = 36
"""PR_SET_CHILD_SUBREAPER of prctl(2)."""


@dataclass(frozen=True)
class Taken:
    """Seconds; `cpu` is that of all processes."""

    wall: float
    cpu: float


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=RUNS)
    parser.add_argument("--jobs", type=int, nargs="+", default=JOBS, help="values of --jobs to try")
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    # What a command leaves behind becomes a child of this process, which counts its time.
    ctypes.CDLL(None).prctl(CHILD_SUBREAPER, 1)
    with tempfile.TemporaryDirectory() as folder, served(PAGE.parent) as site:
        commands = contenders(f"{site}/{PAGE.name}", installed(Path(folder)), asked.jobs)
        taken: dict[str, list[Taken]] = {name: [] for name in commands}
        for _ in range(asked.runs):  # by turns, so that a busy machine is busy for all
            for name, command in commands.items():
                taken[name].append(run(command))
    print(json.dumps(as_json(taken), indent=2) if asked.json else as_table(taken))


def installed(folder: Path) -> Path:
    """The commands of PACKAGES, in a folder of their own."""
    names = [f"{name}@{version}" for name, version in PACKAGES.items()]
    subprocess.run(
        ["npm", "install", "--silent", "--no-audit", "--no-fund", *names],
        cwd=folder,
        env={**os.environ, "PUPPETEER_SKIP_DOWNLOAD": "1"},
        check=True,
    )
    return folder / "node_modules" / ".bin"


def contenders(url: str, commands: Path, jobs: list[int]) -> dict[str, list[str]]:
    chromium = str(find_chromium())
    os.environ["CHROME_PATH"] = chromium
    options = commands.parent / "pa11y.json"
    launching = {"executablePath": chromium, "args": ["--no-sandbox"]}
    options.write_text(json.dumps({"chromeLaunchConfig": launching}))
    check = [sys.executable, "-m", "payframe", "check", url]
    return {
        "Lighthouse": [
            str(commands / "lighthouse"),
            url,
            "--quiet",
            "--output=json",
            f"--output-path={commands.parent / 'lighthouse.json'}",
            "--chrome-flags=--headless=new --no-sandbox",
        ],
        "pa11y": [str(commands / "pa11y"), "--config", str(options), url],
        "all rules": check,
        **{f"all rules, --jobs {count}": [*check, "--jobs", str(count)] for count in jobs},
        "one rule": [*check, "--rules", ONE_RULE],
    }


def run(command: list[str]) -> Taken:
    used, begun = cpu(), time.perf_counter()
    ended = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    wall = time.perf_counter() - begun
    if not 0 <= ended.returncode <= FINDINGS:
        raise SystemExit(f"{command[0]} has failed: {ended.stderr}")
    wait_for_all()
    return Taken(wall, cpu() - used)


def wait_for_all() -> None:
    """Wait for the processes that a command has left behind."""
    while True:
        try:
            os.wait()
        except ChildProcessError:
            return


def cpu() -> float:
    """Seconds that all processes have used which were waited for."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


@contextmanager
def served(folder: Path) -> Iterator[str]:
    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


def as_json(taken: dict[str, list[Taken]]) -> dict[str, list[dict[str, float]]]:
    return {name: [vars(each) for each in times] for name, times in taken.items()}


def as_table(taken: dict[str, list[Taken]]) -> str:
    yardstick = median(each.wall for each in taken["Lighthouse"])
    lines = [f"{'':24}{'wall, s':>20}{'to Lighthouse':>15}{'CPU, s':>8}"]
    for name, times in taken.items():
        walls = [each.wall for each in times]
        wall, used = median(walls), median(each.cpu for each in times)
        spread = f"{wall:.1f} ({min(walls):.1f} to {max(walls):.1f})"
        lines.append(f"{name:24}{spread:>20}{wall / yardstick:>14.2f}x{used:>8.1f}")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
