"""Turns the widget into one static page: dist/index.html, and the files that go with it.

The same sources give the same bytes.
"""

import gzip
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path

import brotli
import watchfiles

from .budget import Part, weigh
from .config import CONFIG, Config, ConfigError, load
from .elements import digest
from .errors import BuildError
from .folders import DIST, WIDGET
from .hosts import host_files
from .manifest import MANIFEST, manifest, read_manifest
from .page import render
from .policy import headers

TOOLS = ("brotli", "deno", "jinja2", "minify-html")
"""Packages whose other version may make other bytes."""


@dataclass(frozen=True)
class Built:
    """A built page: the files of dist with their sizes in bytes, and whether they are new.

    `parts` is what a new page is made of.
    """

    out: Path
    sizes: dict[str, int]
    fresh: bool
    parts: list[Part] = field(default_factory=list)


def build(config_file: Path = CONFIG, out: Path = DIST, *, draft: bool = False) -> Built:
    """Build the widget into `out`, if what is there is not from the same sources.

    A draft does the same and is built in a fraction of the time, but is larger.

    Raises ConfigError, BuildError.
    """
    config = load(config_file)
    sources_digest = _digest(config, config_file, draft=draft)
    if sizes := _built_before(out, sources_digest):
        return Built(out, sizes, fresh=False)
    files, parts = _make(config, sources_digest, draft=draft)
    try:
        for stale in set((out / "locales").glob("*.json")) - {out / name for name in files}:
            stale.unlink()
        for name, content in files.items():
            (out / name).parent.mkdir(parents=True, exist_ok=True)
            (out / name).write_bytes(content)
    except OSError as error:
        raise BuildError(f"{out}: cannot be written: {error.strerror}") from error
    return Built(out, {name: len(content) for name, content in files.items()}, True, parts)


def stale(config_file: Path = CONFIG, out: Path = DIST) -> str | None:
    """Why `out` is not what `build` would make now; None where it is, byte for byte.

    Nothing is written. Raises ConfigError, BuildError.
    """
    config = load(config_file)
    sources_digest = _digest(config, config_file)
    before = read_manifest(out)
    if before is None:
        return f"{out} holds no build"
    if before["sources"] != sources_digest:
        return f"{out} was built from other sources"
    files, _ = _make(config, sources_digest)
    for name, content in files.items():
        try:
            if (out / name).read_bytes() != content:
                return f"{out / name} was changed after the build"
        except OSError:
            return f"{out / name} is missing"
    return None


def watch(
    config_file: Path = CONFIG, out: Path = DIST, *, draft: bool = False
) -> Iterator[Built | Exception]:
    """Build again after every change of the sources; what went wrong is given, not raised.

    A change made before the first look is seen as well: `build` knows what is stale, and it looks
    once a second at what is not watched, such as a templates folder that was named later.
    """
    wrong = ""
    templates = load(config_file).widget.templates
    folders = [WIDGET, config_file, *([templates] if templates else [])]
    for _ in watchfiles.watch(
        *folders, watch_filter=_is_source, yield_on_timeout=True, rust_timeout=1000
    ):
        try:
            built = build(config_file, out, draft=draft)
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


def _make(
    config: Config, sources_digest: str, *, draft: bool = False
) -> tuple[dict[str, bytes], list[Part]]:
    """All files of dist, and what the page is made of."""
    widget = config.widget
    page = render(widget, draft=draft)
    html = page.html.encode()
    sent = headers(page.policy, widget)
    files = {
        "index.html": html,
        "index.html.br": brotli.compress(html),
        "index.html.gz": gzip.compress(html, mtime=0),
        "gateway.openapi.yaml": (WIDGET / "gateway.openapi.yaml").read_bytes(),
        **page.files,
        **{name: content.encode() for name, content in host_files(sent).items()},
    }
    parts = weigh(page, len(files["index.html.br"]))
    files[MANIFEST] = manifest(sources_digest, files, sent, widget)
    return files, parts


def sources(config: Config, config_file: Path = CONFIG) -> dict[str, Path]:
    """The files that the page is made from, by names that are the same on every machine."""
    ours = [WIDGET / name for name in ("deno.json", "deno.lock", "gateway.openapi.yaml")]
    ours += sorted(WIDGET.glob("*.py"))
    for folder in ("src", "styles", "templates", "locales"):
        ours += sorted(path for path in (WIDGET / folder).rglob("*") if path.is_file())
    named = {"payframe.toml": config_file}
    named |= {path.relative_to(WIDGET.parent).as_posix(): path for path in ours}
    if own := config.widget.templates:
        named |= {
            f"templates/{path.relative_to(own).as_posix()}": path
            for path in sorted(own.rglob("*"))
            if path.is_file()
        }
    logos = {name: offer.logo for name, offer in config.widget.offers.items() if offer.logo}
    return named | {f"logos/{name}": path for name, path in logos.items()}


def _digest(config: Config, config_file: Path, *, draft: bool = False) -> str:
    whole = hashlib.sha256(b"draft" if draft else b"")
    for tool in TOOLS:
        whole.update(f"{tool} {version(tool)}\0".encode())
    for name, path in sources(config, config_file).items():
        whole.update(f"{name}\0{hashlib.sha256(path.read_bytes()).hexdigest()}\0".encode())
    return whole.hexdigest()


def _built_before(out: Path, sources_digest: str) -> dict[str, int] | None:
    """The sizes of what `out` holds, if it was made from these sources and is still whole."""
    before = read_manifest(out)
    if before is None or before["sources"] != sources_digest:
        return None
    sizes: dict[str, int] = {}
    try:
        for name, file in before["files"].items():
            content = (out / name).read_bytes()
            if digest("sha384", content) != file["sha384"]:
                return None
            sizes[name] = len(content)
    except OSError:
        return None
    return sizes if "index.html" in sizes else None
