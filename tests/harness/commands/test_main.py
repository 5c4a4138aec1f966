"""The command payframe: what it lists, how it ends, and that help is there at once."""

import os
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest
import typer
from payframe.harness.commands.main import SUBCOMMANDS


def payframe(*arguments: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "payframe", *arguments],
        env={**os.environ, "COLUMNS": "80", **environment},
        capture_output=True,
        text=True,
        timeout=60,
    )


@pytest.mark.parametrize("option", ["-h", "--help"])
def test_the_help_lists_every_subcommand_in_a_line(option: str) -> None:
    done = payframe(option)
    assert done.returncode == 0
    for name, subcommand in SUBCOMMANDS.items():
        assert f"\n  {name:<12}{subcommand.help}\n" in done.stdout
    assert not set("╭│╰\x1b<") & set(done.stdout)


def test_without_arguments_the_help_goes_to_stderr() -> None:
    done = payframe()
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.startswith("Usage: payframe ")


@pytest.mark.parametrize("name", SUBCOMMANDS)
def test_what_is_listed_is_there(name: str) -> None:
    module, function, _ = SUBCOMMANDS[name]
    loaded = getattr(import_module(module), function)
    assert isinstance(loaded, typer.Typer) or loaded.__doc__


def test_the_help_loads_none_of_what_a_subcommand_needs() -> None:
    heavy = "{'sqlalchemy', 'starlette', 'playwright', 'pydantic', 'httpx', 'rich.console'}"
    done = subprocess.run(
        [
            *(sys.executable, "-c"),
            "import sys\nsys.argv = ['payframe', '--help']\n"
            "from payframe.harness.commands.main import main\n"
            f"try:\n    main()\nexcept SystemExit:\n    print({heavy} & set(sys.modules))",
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.endswith("set()\n")


def test_a_mistyped_subcommand_is_met_with_the_nearest() -> None:
    done = payframe("chek")
    assert done.returncode == 2
    assert "Did you mean 'check'?" in done.stderr


def test_the_version_is_told() -> None:
    done = payframe("--version")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("payframe ")


@pytest.mark.parametrize(
    ("words", "offered"), [("payframe re", "register"), ("payframe build --wa", "--watch")]
)
def test_a_shell_completes_subcommands_and_options(words: str, offered: str) -> None:
    done = payframe(
        _PAYFRAME_COMPLETE="complete_bash",
        COMP_WORDS=words,
        COMP_CWORD=str(len(words.split()) - 1),
    )
    assert offered in done.stdout.split()


def test_what_the_user_can_mend_is_one_sentence_on_stderr(tmp_path: Path) -> None:
    done = payframe("build", "--config", str(tmp_path / "none.toml"))
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr == (
        f"payframe: {tmp_path / 'none.toml'}: cannot be read: No such file or directory\n"
    )


def test_a_webhook_comes_from_the_environment() -> None:
    without = payframe("register", PAYFRAME_PORTAL="")
    assert without.returncode == 2
    assert "--portal" in without.stderr
    given = payframe("register", PAYFRAME_PORTAL="https://localhost:1/rest/1/s3cret/")
    assert given.returncode == 2
    assert "cannot be reached" in given.stderr
    assert "s3cret" not in given.stdout + given.stderr


def test_no_colour_where_it_is_not_wanted(tmp_path: Path) -> None:
    for name in ("NO_COLOR", "TERM"):
        done = payframe("build", f"--out={tmp_path / 'dist'}", **{name: "dumb"})
        assert done.returncode == 0
        assert "\x1b" not in done.stdout
