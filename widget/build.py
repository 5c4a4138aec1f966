"""Turns the widget into one static page: dist/index.html, and its compressed forms.

The same sources give the same bytes.
"""

import gzip
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import brotli
import watchfiles

from .bundle import ROOT
from .config import ConfigError, load
from .errors import BuildError
from .page import WIDGET, render

# Of the project that the command is run in.
DIST = Path("dist")
CONFIG = Path("payframe.toml")
MANIFEST = "manifest.json"


@dataclass(frozen=True)
class Built:
    """A built page: the files of dist with their sizes in bytes, and whether they are new."""

    out: Path
    sizes: dict[str, int]
    fresh: bool


def build(config_file: Path = CONFIG, out: Path = DIST) -> Built:
    """Build the widget into `out`, if what is there is not from the same sources.

    Raises ConfigError, BuildError.
    """
    config = load(config_file)
    digest = _digest(config_file)
    if sizes := _built_before(out, digest):
        return Built(out, sizes, fresh=False)
    page = render(config).encode()
    files = {
        "index.html": page,
        "index.html.br": brotli.compress(page),
        "index.html.gz": gzip.compress(page, mtime=0),
        "gateway.openapi.yaml": (WIDGET / "gateway.openapi.yaml").read_bytes(),
    }
    sizes = {name: len(content) for name, content in files.items()}
    files[MANIFEST] = json.dumps({"sources": digest, "files": sizes}, indent=2).encode()
    try:
        out.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            (out / name).write_bytes(content)
    except OSError as error:
        raise BuildError(f"{out}: cannot be written: {error.strerror}") from error
    return Built(out, sizes, fresh=True)


def watch(config_file: Path = CONFIG, out: Path = DIST) -> Iterator[Built | Exception]:
    """Build again after every change of the sources; what went wrong is given, not raised.

    A change made before the first look is seen as well: `build` knows what is stale.
    """
    wrong = ""
    for _ in watchfiles.watch(
        WIDGET, config_file, watch_filter=_is_source, yield_on_timeout=True, rust_timeout=1000
    ):
        try:
            built = build(config_file, out)
        except (BuildError, ConfigError) as error:
            if str(error) != wrong:
                wrong = str(error)
                yield error
            continue
        if built.fresh or wrong:
            wrong = ""
            yield built


def _is_source(_change: watchfiles.Change, path: str) -> bool:
    return "__pycache__" not in path


def sources(config_file: Path = CONFIG) -> Iterator[Path]:
    """The files that the page is made from."""
    yield config_file
    yield from (ROOT / "deno.json", ROOT / "deno.lock")
    for folder in ("src", "styles", "templates", "locales"):
        yield from sorted(path for path in (WIDGET / folder).rglob("*") if path.is_file())
    yield from sorted(WIDGET.glob("*.py"))
    yield WIDGET / "gateway.openapi.yaml"


def _digest(config_file: Path) -> str:
    digest = hashlib.sha256()
    for path in sources(config_file):
        name = path.relative_to(ROOT) if path.is_relative_to(ROOT) else path.name
        digest.update(f"{name}\0{hashlib.sha256(path.read_bytes()).hexdigest()}\0".encode())
    return digest.hexdigest()


def _built_before(out: Path, digest: str) -> dict[str, int] | None:
    """The sizes of what `out` holds, if it was made from these sources and is still whole."""
    try:
        manifest: dict[str, Any] = json.loads((out / MANIFEST).read_text())
        sizes: dict[str, int] = manifest["files"]
        whole = all((out / name).stat().st_size == size for name, size in sizes.items())
        return sizes if whole and manifest["sources"] == digest else None
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
