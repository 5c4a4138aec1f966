"""Takes the rules away one by one, each in a copy of the project, and sees a test fail for it.

    python -m tests.mutants [part of a rule]

Exits with 1 if the tests let one through.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import deno
from rich.console import Console

from tests.mutants.rules import MUTANTS, Mutant

ROOT = Path(__file__).parents[2]
INSTALLED = ("node_modules",)
"""Not copied: the copy uses the project's own."""


def main(only: str) -> int:
    console = Console(highlight=False)
    survivors = 0
    for mutant in MUTANTS:
        if only not in mutant.rule:
            continue
        with tempfile.TemporaryDirectory(prefix="payframe-mutant-") as folder:
            copy = Path(folder)
            _copy_project(copy)
            _mutate(mutant, copy)
            caught = next((test for test in mutant.tests if not _passes(test, copy)), None)
        survivors += caught is None
        verdict = f"[green]caught[/] by {caught}" if caught else "[bold red]not caught[/]"
        console.print(f"{mutant.rule}: {verdict}", soft_wrap=True)
    return 1 if survivors else 0


def _copy_project(copy: Path) -> None:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    for name in listed.stdout.splitlines():
        if (ROOT / name).is_file():
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, copy / name)
    for name in INSTALLED:
        (copy / name).symlink_to(ROOT / name)


def _mutate(mutant: Mutant, copy: Path) -> None:
    file = copy / mutant.file
    text = file.read_text("utf-8")
    if text.count(mutant.old) != 1:
        raise SystemExit(f"{mutant.file} does not have once: {mutant.old}")
    file.write_text(text.replace(mutant.old, mutant.new), "utf-8")


def _passes(test: str, copy: Path) -> bool:
    name, _, word = test.partition("::")
    file = f"tests/{name}"
    if file.endswith(".ts"):
        command = [deno.find_deno_bin(), "test", "--no-check", "--allow-read"]
        command += ["--allow-net=127.0.0.1", file]
    else:
        command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", file]
        command += ["-k", word] if word else []
    environment = {**os.environ, "PYTHONPATH": str(copy)}
    done = subprocess.run(command, cwd=copy, env=environment, capture_output=True, check=False)
    if done.returncode not in (0, 1):
        raise SystemExit(f"{test} could not run:\n{done.stdout.decode()}{done.stderr.decode()}")
    return done.returncode == 0


if __name__ == "__main__":
    sys.exit(main(" ".join(sys.argv[1:])))
