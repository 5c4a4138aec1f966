"""The set-up installs what the lock says: nothing less, and nothing that was published later."""

import re
import shlex
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from hashlib import sha256
from importlib.metadata import distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).parents[1]
LOCK = ROOT / "requirements.lock"
PYTHONS = ("3.11", "3.12", "3.13", "3.14")


def locked() -> dict[str, Requirement]:
    """The packages of the lock, by name."""
    lines = re.findall(r"^([A-Za-z0-9_.\[\]-]+==[^\\\n]+)", LOCK.read_text(), re.MULTILINE)
    requirements = [Requirement(line.strip()) for line in lines]
    return {canonicalize_name(each.name): each for each in requirements}


def environment(python: str) -> dict[str, str]:
    return {"python_version": python, "python_full_version": f"{python}.0"}


def asked_for(package: str, python: str, extras: set[str]) -> Iterator[Requirement]:
    """What an installed package needs, with those of its extras that somebody asks for."""
    for text in distribution(package).requires or []:
        requirement = Requirement(text)
        wanted = [environment(python) | {"extra": extra} for extra in ("", *extras)]
        if requirement.marker is None or any(map(requirement.marker.evaluate, wanted)):
            yield requirement


@pytest.mark.parametrize("python", PYTHONS)
def test_the_lock_has_everything_that_its_packages_need(python: str) -> None:
    lock = locked()
    pending = [(name, set[str]()) for name in lock]
    seen: set[tuple[str, frozenset[str]]] = set()
    while pending:
        name, extras = pending.pop()
        marker = lock[name].marker
        here = marker is None or marker.evaluate()
        if (name, frozenset(extras)) in seen or not here:
            continue
        seen.add((name, frozenset(extras)))
        for needed in asked_for(name, python, extras):
            other = canonicalize_name(needed.name)
            assert other in lock, f"{name} needs {needed}, and the lock does not have it"
            (pin,) = lock[other].specifier
            assert needed.specifier.contains(Version(pin.version), prereleases=True), needed
            pending.append((other, needed.extras))


def write_wheel(folder: Path, name: str, version: str, *metadata: str) -> str:
    """An empty package; its hash."""
    file = folder / f"{name}-{version}-py3-none-any.whl"
    info = f"{name}-{version}.dist-info"
    described = ["Metadata-Version: 2.1", f"Name: {name}", f"Version: {version}", *metadata, ""]
    with zipfile.ZipFile(file, "w") as wheel:
        wheel.writestr(f"{info}/METADATA", "\n".join(described))
        wheel.writestr(
            f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        )
        wheel.writestr(f"{info}/RECORD", "")
    return sha256(file.read_bytes()).hexdigest()


def commands_with(text: str) -> list[list[str]]:
    """The commands of `make setup` that have a text, as make would run them."""
    told = subprocess.run(
        ["make", "--dry-run", "--always-make", "setup"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return [shlex.split(line) for line in told.stdout.splitlines() if text in line]


def test_a_version_that_was_published_later_is_not_looked_for(tmp_path: Path) -> None:
    index = tmp_path / "index"
    index.mkdir()
    first = write_wheel(index, "covering", "1.0", "Provides-Extra: toml")
    asking = write_wheel(index, "asking", "1.0", "Requires-Dist: covering[toml]>=1")
    write_wheel(index, "covering", "2.0", "Provides-Extra: toml", "Requires-Dist: missing")
    (tmp_path / "requirements.lock").write_text(
        f"asking==1.0 --hash=sha256:{asking}\ncovering==1.0 --hash=sha256:{first}\n"
    )
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", tmp_path / ".venv"], check=True)
    uv = Path(sys.executable).with_name("uv")
    (tmp_path / ".venv" / "bin" / "uv").symlink_to(uv)
    (install,) = commands_with("-r requirements.lock")
    offline = ["--no-index", "--find-links", str(index)]
    subprocess.run([*install, *offline], cwd=tmp_path, check=True)
    found = {path.name for path in tmp_path.glob(".venv/lib/*/site-packages/*.dist-info")}
    assert found == {"asking-1.0.dist-info", "covering-1.0.dist-info"}


def test_no_command_of_the_set_up_resolves_anything() -> None:
    installs = commands_with("pip install")
    assert len(installs) == 3
    for command in installs:
        assert "--no-deps" in command
        assert "--require-hashes" in command or "--no-index" in command
    (npm,) = commands_with("deno install")
    assert "--frozen" in npm


def test_the_build_and_the_tests_have_the_same_versions_from_npm() -> None:
    pinned = re.compile(r'"npm:([^@"]+)@([^"]+)"')
    ours = dict(pinned.findall((ROOT / "deno.json").read_text()))
    of_the_build = dict(pinned.findall((ROOT / "widget" / "deno.json").read_text()))
    both = ours.keys() & of_the_build.keys()
    assert both == {"card-validator", "credit-card-type"}
    assert {name: ours[name] for name in both} == {name: of_the_build[name] for name in both}
