"""Turns the widget into one static page: dist/index.html, and its compressed forms.

TypeScript and CSS are bundled by esbuild under Deno, the page is rendered by Jinja and minified.
The same sources give the same bytes.
"""

import base64
import gzip
import hashlib
import json
import os
import re
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import brotli
import deno
import jinja2
import minify_html
import watchfiles
from markupsafe import Markup

from .config import LOCALES, Config, ConfigError, load

WIDGET = Path(__file__).parent
ROOT = WIDGET.parent
# Of the project that the command is run in.
DIST = Path("dist")
CONFIG = Path("payframe.toml")
TEMPLATES = WIDGET / "templates"
MANIFEST = "manifest.json"
# What the page's policy is put in place of, once the bytes that it names are final.
POLICY_SLOT = "the content security policy"
BROWSERS = "chrome120,firefox121,safari17"


class BuildError(Exception):
    """The widget cannot be built; the message says why, in the words of the tool that knows."""


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


def render(config: Config) -> str:
    """The page as one HTML document. Raises BuildError."""
    texts = json.loads((LOCALES / f"{config.widget.locale}.json").read_text("utf-8"))
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    try:
        html = environment.get_template("index.html").render(
            widget=config.widget,
            t=texts,
            csp=POLICY_SLOT,
            style=_inline(_bundle(WIDGET / "styles" / "widget.css")),
            script=_inline(_bundle_script(config.widget.methods)),
            settings={
                **config.widget.model_dump(exclude={"methods"}),
                "locales": [],
                "locales_hash": "",
                "texts": texts,
            },
        )
    except jinja2.TemplateError as error:
        raise BuildError(f"The templates cannot be rendered: {error}") from error
    page: str = minify_html.minify(html, keep_closing_tags=True, minify_css=False, minify_js=False)
    return page.replace(POLICY_SLOT, _policy(page, config), 1)


def sources(config_file: Path = CONFIG) -> Iterator[Path]:
    """The files that the page is made from."""
    yield config_file
    yield from (ROOT / "deno.json", ROOT / "deno.lock")
    for folder in ("src", "styles", "templates", "locales"):
        yield from sorted(path for path in (WIDGET / folder).rglob("*") if path.is_file())
    yield from (WIDGET / "build.py", WIDGET / "config.py", WIDGET / "gateway.openapi.yaml")


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


def _bundle_script(methods: Sequence[str]) -> str:
    with tempfile.TemporaryDirectory() as folder:
        registry = Path(folder, "methods.ts")
        imports = "".join(
            f'import {name} from "{WIDGET}/src/methods/{name}.ts";\n' for name in methods
        )
        registry.write_text(f"{imports}export default {{ {', '.join(methods)} }};\n")
        return _bundle(WIDGET / "src" / "main.ts", f"--alias:payframe/methods={registry}")


def _bundle(entry: Path, *options: str) -> str:
    """One minified file from a module or a stylesheet and all that it imports."""
    command = [
        deno.find_deno_bin(),
        *("run", "--quiet", "--allow-all", "--frozen", "npm:esbuild"),
        *(str(entry), "--bundle", "--minify", "--charset=utf8", "--legal-comments=none"),
        *("--format=iife", f"--target={BROWSERS}", "--log-level=warning"),
        *options,
    ]
    result = subprocess.run(  # noqa: S603
        command,
        cwd=ROOT,
        env={**os.environ, "NO_COLOR": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    if result.returncode != 0:
        # After esbuild's own words comes Deno's trace of how it called esbuild.
        told = result.stderr.strip().partition("\nerror: Uncaught")[0].rstrip()
        raise BuildError(f"{entry.name} cannot be bundled:\n{told}")
    return result.stdout.strip()


def _inline(code: str) -> Markup:
    """Code as the content of a script or style element, where entities mean nothing."""
    if "</s" in code.lower():
        raise BuildError("The bundle holds an end tag and cannot stand inside the page.")
    return Markup(code)  # noqa: S704


def _policy(page: str, config: Config) -> str:
    """The page's Content-Security-Policy: its own script and style by hash, its gateway, no more.

    frame-ancestors cannot stand in a page; the server sends it.
    """
    gateway = urlsplit(config.widget.gateway_url)
    connect = f"{gateway.scheme}://{gateway.netloc}" if gateway.scheme else "'self'"
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src {_hashes(page, 'script')}",
            f"style-src {_hashes(page, 'style')}",
            "img-src data:",
            f"connect-src {connect}",
            "base-uri 'none'",
            "form-action 'none'",
            "require-trusted-types-for 'script'",
            "trusted-types 'none'",
        )
    )


def _hashes(page: str, element: str) -> str:
    """The sources of the page's inline elements, for its policy. Data blocks never run."""
    page = page.partition("</title>")[2]  # what stands in a title is text, tags too
    return " ".join(
        f"'sha256-{base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()}'"
        for attributes, code in re.findall(rf"<{element}([^>]*)>(.*?)</{element}>", page, re.DOTALL)
        if "application/json" not in attributes
    )
