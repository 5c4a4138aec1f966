"""What an integrator's templates folder can add to ours: languages, methods, style.

A file there comes before ours of the same name; texts and style are added to ours.
"""

from pathlib import Path

WIDGET = Path(__file__).parent
DIST = Path("dist")
"""Where the built page goes, of the project that a command is run in."""
LEDGER = ".payframe/gateway.db"
"""Where the gateway keeps its payments there, unless another database is named."""


def _folders(templates: Path | None) -> list[Path]:
    return [WIDGET, *([templates] if templates else [])]


def locale_files(templates: Path | None, tag: str) -> list[Path]:
    """The files with the words in a language, ours first."""
    files = [folder / "locales" / f"{tag}.json" for folder in _folders(templates)]
    return [file for file in files if file.is_file()]


def locales(templates: Path | None) -> list[str]:
    """The BCP 47 tags of the languages whose words are known."""
    return sorted(
        {file.stem for each in _folders(templates) for file in each.glob("locales/*.json")}
    )


def methods(templates: Path | None) -> dict[str, Path]:
    """Payment method -> its module."""
    own = [templates] if templates else []
    return {
        file.stem: file for each in (WIDGET / "src", *own) for file in each.glob("methods/*.ts")
    }


STYLE_SHEETS = ("page", "form", "states")


def style_sheets(templates: Path | None, *, fields: bool = False) -> list[Path]:
    """In the order in which they count, an integrator's own last.

    `fields` is whether a provider's fields are shown, which have a style of their own.
    """
    names = (*STYLE_SHEETS, "fields") if fields else STYLE_SHEETS
    ours = [WIDGET / "styles" / f"{name}.css" for name in names]
    own = templates and templates / "styles.css"
    return [*ours, own] if own and own.is_file() else ours
