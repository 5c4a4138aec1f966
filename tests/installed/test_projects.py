"""payframe in a project of somebody's own: it is there when used, and else not to be noticed."""

from pathlib import Path

import pytest

from tests.installed.conftest import Installed
from tests.slow import slow


def write(folder: Path, **files: str) -> None:
    for name, text in files.items():
        path = folder / f"{name.replace('__', '/')}.py"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)


@pytest.mark.parametrize("command", [("python", "-m", "pytest"), *slow((("pytest",),))])
def test_a_project_with_a_harness_and_a_widget_of_its_own_keeps_them(
    installed: Installed, tmp_path: Path, command: tuple[str, ...]
) -> None:
    write(
        tmp_path,
        conftest="",
        harness__parts="NAME = 'ours'",
        widget__parts="NAME = 'ours'",
        test_ours="from harness import parts\nfrom widget import parts as others\n\n"
        "def test_they_are_ours():\n    assert parts.NAME == others.NAME == 'ours'\n",
    )
    for package in ("harness", "widget"):
        (tmp_path / package / "__init__.py").touch()
    done = installed.run(tmp_path, *command, "-q")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "1 passed" in done.stdout


@pytest.mark.slow
def test_a_page_is_tested_in_the_shops_frame(installed: Installed, tmp_path: Path) -> None:
    write(
        tmp_path,
        conftest="import pytest\nfrom pathlib import Path\n\n"
        "from payframe.widget.config import DEFAULT\n\n"
        "@pytest.fixture(scope='session')\ndef payframe_config():\n"
        "    file = Path('payframe.toml')\n"
        "    file.write_text(DEFAULT.read_text())\n"
        "    return file\n",
        test_page="def test_it_is_shown(seller_page):\n    seller_page.open()\n"
        "    seller_page.frame.get_by_role('button', name='Pay $100.00').wait_for()\n",
    )
    done = installed.run(tmp_path, "pytest", "-q")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "1 passed" in done.stdout
