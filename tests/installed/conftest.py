"""payframe as its users have it: the wheel in an environment of its own, far from any clone."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
UV = Path(sys.executable).with_name("uv")


@dataclass(frozen=True)
class Installed:
    """`environment` is a virtual environment; `home` is empty at first."""

    environment: Path
    home: Path

    @property
    def variables(self) -> dict[str, str]:
        """Those of a user's shell in the environment. Nothing of it may be written to."""
        kept = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("PYTEST", "COV", "PAYFRAME", "XDG")) and name != "PYTHONPATH"
        }
        return kept | {
            "HOME": str(self.home),
            "PATH": f"{self.environment / 'bin'}:{os.environ['PATH']}",
            "PYTHONDONTWRITEBYTECODE": "1",
        }

    def run(self, folder: Path, *command: str) -> "subprocess.CompletedProcess[str]":
        """A command of the environment, in `folder`, to its end."""
        return subprocess.run(
            [self.environment / "bin" / command[0], *command[1:]],
            cwd=folder,
            env=self.variables,
            capture_output=True,
            text=True,
            timeout=120,
        )

    @contextmanager
    def running(self, folder: Path, *command: str) -> Iterator[str]:
        """A server of payframe while the block lasts; the line that it prints when it is ready."""
        with subprocess.Popen(
            [self.environment / "bin" / "payframe", *command, "--port=0", "--json"],
            cwd=folder,
            env=self.variables,
            stdout=subprocess.PIPE,
            text=True,
        ) as process:
            try:
                assert process.stdout
                yield process.stdout.readline()
            finally:
                process.terminate()

    def files(self) -> dict[str, int]:
        """What is installed: file -> time of its last change, in ns."""
        packages = next((self.environment / "lib").iterdir()) / "site-packages"
        return {
            str(path.relative_to(packages)): path.stat().st_mtime_ns
            for path in packages.rglob("*")
            if path.is_file()
        }


def install(folder: Path, python: str) -> Installed:
    """The wheel, built from the sdist as an index would, with the packages of the lock."""
    built = folder / "built"
    source = folder / "source"
    hatchling = (sys.executable, "-m", "hatchling", "build")
    _do(*hatchling, "-t", "sdist", "-d", str(built), folder=ROOT)
    (archive,) = built.glob("*.tar.gz")
    source.mkdir()
    _do("tar", "-xzf", str(archive), "-C", str(source), folder=ROOT)
    (unpacked,) = source.iterdir()
    _do(*hatchling, "-t", "wheel", "-d", str(built), folder=unpacked)
    (wheel,) = built.glob("*.whl")

    environment = folder / "environment"
    into = ("pip", "install", "--quiet", "--python", str(environment / "bin" / "python"))
    lock = ("--no-deps", "--require-hashes", "-r", str(ROOT / "requirements.lock"))
    _do(str(UV), "venv", "--quiet", "--python", python, str(environment))
    _do(str(UV), *into, *lock)
    _do(str(UV), *into, "--no-deps", str(wheel))
    home = folder / "home"
    home.mkdir()
    return Installed(environment, home)


def _do(*command: str, folder: Path | None = None) -> None:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="session")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installed]:
    """For the Python that the tests run in. Nothing that is done with it changes what is there."""
    there = install(tmp_path_factory.mktemp("installed"), sys.executable)
    before = there.files()
    yield there
    assert there.files() == before
