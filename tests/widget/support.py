"""What the tests of the build share: configurations made from the project's own."""

from pathlib import Path

from payframe.widget.config import CONFIG


def configured(folder: Path, line: str, to: str) -> Path:
    """The project's own payframe.toml with one line changed, in `folder`."""
    text = CONFIG.read_text("utf-8")
    assert text.count(line) == 1
    file = folder / "payframe.toml"
    file.write_text(text.replace(line, to), "utf-8")
    return file


def files_of(dist: Path) -> set[str]:
    return {path.relative_to(dist).as_posix() for path in dist.rglob("*") if path.is_file()}
