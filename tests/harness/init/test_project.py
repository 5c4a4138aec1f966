"""`payframe init` writes a whole project, and takes nothing away."""

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest
from payframe.harness.check.starting import free_port
from payframe.harness.init.project import (
    PROVIDERS,
    SERVERS,
    Project,
    ProjectError,
    write_project,
)
from payframe.harness.register import placeholder_uri
from payframe.widget.config import load
from payframe.widget.modes import Mode

from tests.harness.init.conftest import PYTHON_FIRST
from tests.slow import slow

PAYFRAME = Path(sys.executable).with_name("payframe")


def init(folder: Path, *options: str) -> "subprocess.CompletedProcess[str]":
    command = [str(PAYFRAME), "init", *(options or ("--server", "python")), str(folder)]
    return subprocess.run(command, capture_output=True, text=True)


def test_the_command_says_what_it_has_written_and_what_comes_next(tmp_path: Path) -> None:
    done = init(tmp_path / "shop")
    assert done.returncode == 0, done.stderr
    for file in (tmp_path / "shop").rglob("*"):
        assert file.is_dir() or f"Wrote {file}\n" in done.stdout
    assert f"cd {tmp_path / 'shop'}\n" in done.stdout
    assert 'payframe demo --action-uri http://127.0.0.1:3000/ --start "python server.py"' in (
        done.stdout
    )


def test_files_that_exist_are_named_and_nothing_is_written(tmp_path: Path) -> None:
    (tmp_path / "tests").mkdir()
    for name in ("README.md", "server.py"):
        (tmp_path / name).write_text("mine")
    before = sorted(tmp_path.rglob("*"))
    done = init(tmp_path)
    assert done.returncode == 2
    assert "would overwrite: README.md, server.py. Nothing was written." in done.stderr
    assert sorted(tmp_path.rglob("*")) == before
    assert (tmp_path / "server.py").read_text() == "mine"


def test_what_else_is_in_the_folder_stays(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    assert init(tmp_path).returncode == 0
    assert (tmp_path / "notes.txt").read_text() == "mine"


def test_a_link_to_nowhere_is_a_file_too(tmp_path: Path) -> None:
    (tmp_path / "payframe.toml").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(ProjectError, match=r"payframe\.toml"):
        list(write_project(SERVERS["php"], tmp_path))


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "shop").touch()
    with pytest.raises(ProjectError, match="is no folder"):
        list(write_project(SERVERS["node"], tmp_path / "shop"))


def test_without_a_choice_the_gateway_is_payframes_and_the_service_one_file(
    tmp_path: Path,
) -> None:
    command = [str(PAYFRAME), "init", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert f"Wrote {tmp_path / 'provider.py'}\n" in done.stdout
    assert done.stdout.splitlines()[-2] == "  payframe demo"


def test_two_ways_at_once_are_refused(tmp_path: Path) -> None:
    done = init(tmp_path, "--server", "php", "--provider", "own")
    assert done.returncode == 2
    assert "--server and --provider are two ways: choose one" in done.stderr
    assert list(tmp_path.iterdir()) == []


def answered(folder: Path, answers: str, *options: str) -> tuple[int, str]:
    """`payframe init` with somebody at a terminal, who types the answers."""
    keyboard, terminal = pty.openpty()
    command = [str(PAYFRAME), "init", *options, str(folder)]
    os.write(keyboard, answers.encode())
    try:
        done = subprocess.run(
            command,
            stdin=terminal,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=60,
        )
    finally:
        os.close(terminal)
        os.close(keyboard)
    return done.returncode, done.stdout


def described(folder: Path) -> tuple[list[str], list[str]]:
    """The modes and the currencies of the handlers."""
    config = load(folder / "payframe.toml")
    modes: list[str] = [handler.SETTINGS.mode for handler, _ in config.registered]
    return modes, config.handler.SETTINGS.CURRENCY


def test_somebody_at_a_terminal_is_asked(tmp_path: Path) -> None:
    status, said = answered(tmp_path, "stripe\ncheckout, form\nkzt\n")
    assert status == 0, said
    for question in ("Who takes the money?", "How does the buyer pay?", "Which currencies"):
        assert question in said
    assert load(tmp_path / "payframe.toml").gateway.provider == "stripe"
    assert described(tmp_path) == (["checkout", "form"], ["KZT"])


def test_an_answer_that_means_nothing_is_asked_for_again(tmp_path: Path) -> None:
    status, said = answered(tmp_path, "own\ncheckot\ncheckout\nXXQ\nEUR\n")
    assert status == 0, said
    assert "expected iframe, checkout, form, not checkot" in said
    assert "expected codes of ISO 4217 such as USD,EUR, not XXQ" in said
    assert described(tmp_path) == (["checkout"], ["EUR"])


def test_what_is_said_or_has_one_answer_is_not_asked(tmp_path: Path) -> None:
    status, said = answered(tmp_path / "a", "\n", "--provider", "own", "--mode", "form")
    assert status == 0, said
    assert "Which currencies" in said
    assert "How does" not in said
    assert described(tmp_path / "a") == (["form"], ["USD", "EUR"])
    status, said = answered(tmp_path / "b", "", "--server", "node", "--currency", "PLN")
    assert status == 0, said
    assert "?" not in said


def test_yes_asks_nothing(tmp_path: Path) -> None:
    status, said = answered(tmp_path, "", "--yes")
    assert status == 0, said
    assert "?" not in said
    assert described(tmp_path) == (["iframe"], ["USD", "EUR"])


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--mode", "iframe,checkot"), "expected iframe, checkout, form"),
        (("--mode", ""), "expected iframe, checkout, form"),
        (("--currency", "EUR,ZZZ"), "expected codes of ISO 4217"),
        (("--server", "php", "--mode", "checkout"), "a page in IFrame mode"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(
    tmp_path: Path, options: tuple[str, ...], told: str
) -> None:
    done = init(tmp_path, *options)
    assert done.returncode == 2
    assert told in " ".join(done.stderr.split())
    assert list(tmp_path.iterdir()) == []


ALL = SERVERS | PROVIDERS
ALL_MODES: list[Mode] = ["checkout", "form", "iframe"]


@pytest.mark.parametrize("provider", PROVIDERS)
@pytest.mark.parametrize("modes", [["iframe"], ["form"], ALL_MODES], ids=",".join)
def test_the_files_are_whole_in_every_mode(
    tmp_path: Path, provider: str, modes: list[Mode]
) -> None:
    files = list(write_project(PROVIDERS[provider], tmp_path, modes, ["KWD"]))
    assert described(tmp_path) == (modes, ["KWD"])
    for file in files:
        text = file.read_text()
        assert "\n\n\n\n" not in text
        assert text.endswith("\n")
        assert not text.endswith("\n\n"), file
    lint = ["ruff", "check", "--isolated", "--select=E,F,I", "--line-length=100"]
    command = [sys.executable, "-m", *lint]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("name", ALL)
def test_a_server_is_small_and_says_where_to_fill_in(name: str, tmp_path: Path) -> None:
    files = list(write_project(ALL[name], tmp_path))
    own = [file for file in files if file.suffix in (".py", ".php", ".js")]
    for file in own:
        assert len(file.read_text().splitlines()) < 200, file
    assert "TODO" in (tmp_path / ALL[name].service).read_text()
    assert placeholder_uri(load(tmp_path / "payframe.toml"))
    assert "{{" not in (tmp_path / "README.md").read_text()


@pytest.mark.parametrize(("name", "file"), [("own", "provider.py"), *slow(("python", "server.py"))])
def test_the_python_of_a_project_is_typed(tmp_path: Path, name: str, file: str) -> None:
    list(write_project(ALL[name], tmp_path))
    command = [sys.executable, "-m", "mypy", "--strict", "--config-file=", file]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("name", PROVIDERS)
def test_a_container_has_what_the_server_needs_and_nothing_of_the_tests(
    tmp_path: Path, name: str
) -> None:
    list(write_project(PROVIDERS[name], tmp_path))
    needs = (tmp_path / "requirements.txt").read_text()
    assert needs.splitlines()[-1].startswith("payframe[postgresql")
    assert "localstripe" not in needs
    container = (tmp_path / "Containerfile").read_text()
    assert "requirements.txt" in container
    assert "requirements-dev" not in container


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_its_tests_pass_as_it_was_written(project: Project, folder: Path) -> None:
    done = subprocess.run(["pytest", "-q"], cwd=folder, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout
    assert "3 passed" in done.stdout, project.name


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_check_finds_nothing_and_tries_everything(
    project: Project, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    port = free_port()
    monkeypatch.setenv("PORT", str(port))
    file = folder / "payframe.toml"
    file.write_text(file.read_text().replace("127.0.0.1:3000", f"127.0.0.1:{port}"))
    command = ["payframe", "check", "--format", "json"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    widget, gateway = json.loads(done.stdout)["pages"]
    assert (widget["verdict"], gateway["verdict"]) == ("clean", "clean"), project.name
    assert "not_tried" not in gateway


@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.parametrize(
    ("provider", "modes", "count"),
    [
        ("own", ["iframe"], 4),
        ("own", ["form"], 3),
        ("own", ALL_MODES, 8),
        ("stripe", ["iframe"], 3),
        ("stripe", ["checkout"], 4),
    ],
)
def test_a_project_with_a_provider_passes_its_own_tests(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    provider: str,
    modes: list[Mode],
    count: int,
) -> None:
    list(write_project(PROVIDERS[provider], tmp_path, modes, ["KZT", "EUR"]))
    monkeypatch.setenv("PATH", PYTHON_FIRST)
    done = subprocess.run(["pytest", "-q"], cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout
    assert f"{count} passed" in done.stdout


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_check_tries_every_handler_of_a_project_and_its_gateway(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    list(write_project(PROVIDERS["own"], tmp_path, ALL_MODES, ["KZT"]))
    port = free_port()
    monkeypatch.setenv("PORT", str(port))
    monkeypatch.setenv("PATH", PYTHON_FIRST)
    file = tmp_path / "payframe.toml"
    file.write_text(file.read_text().replace("127.0.0.1:3000", f"127.0.0.1:{port}"))
    command = ["payframe", "check", "--format", "json"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    pages = json.loads(done.stdout)["pages"]
    assert [page["verdict"] for page in pages] == ["clean"] * 4
    gateway = f"http://127.0.0.1:{port}/gateway"
    assert [page["url"] for page in pages][1:] == [
        f"{gateway}/checkout",
        f"{gateway}/form",
        gateway,
    ]
    assert not any("not_tried" in page for page in pages)
